// SPDX-License-Identifier: Apache-2.0
#include "tests/track/bias_trial.h"

#include <cmath>
#include <utility>

#include "tests/track/plane.h"

namespace marsad::test {
namespace {

// As the chain does it.
track::Scan track_and_learn(const track::Scan& located, track::Tracker& tracker,
                            track::SensorBiases& biases) {
  track::Scan better = biases.corrected(located);
  tracker.process(better);
  biases.observe(tracker.tracks(), located);
  return better;
}

}  // namespace

track::SensorBiases biases_of(const std::vector<MadeSensor>& sensors) {
  track::SensorBiases biases({}, plane());
  for (const MadeSensor& sensor : sensors) {
    biases.add_sensor(sensor.id, plane().to_geodetic({sensor.e_m, sensor.n_m, 0}),
                      sensor.azimuth_sigma_rad);
  }
  return biases;
}

std::vector<MadeSensor> two_cameras(double bias_deg) {
  std::vector<MadeSensor> sensors(2);
  sensors[0].id = sensor::SensorId{"a"};
  sensors[0].e_m = -1500;
  sensors[1].id = sensor::SensorId{"b"};
  sensors[1].e_m = 2000;
  sensors[1].n_m = 300;
  for (MadeSensor& sensor : sensors) sensor.azimuth_sigma_rad = geo::radians(0.3);
  sensors[1].azimuth_bias_rad = geo::radians(bias_deg);
  return sensors;
}

void walk_past(const std::vector<MadeSensor>& sensors, double from_s, double duration_s,
               std::uint64_t seed, track::SensorBiases& biases) {
  Dice dice(seed);
  track::Tracker tracker({}, plane());
  for (double t = 0; t < duration_s; t += 2) {
    for (const MadeSensor& sensor : sensors) {
      track::Scan located{sensor.id, base::Time(base::from_seconds(from_s + t)), {}};
      for (int walker = 0; walker < 8; ++walker) {
        const geo::Enu at = {-1200 + 400 * walker + 0.2 * t, 900 + 250 * walker + 1.4 * t, 0};
        if (dice.uniform() > sensor.detection_probability) continue;
        located.plots.push_back(report(sensor, at, dice));
        located.plots.back().sensor = located.sensor;
        located.plots.back().time = located.time;
      }
      track_and_learn(located, tracker, biases);
    }
  }
}

track::SensorBias bias_found_of_two(std::uint64_t seed, double duration_s) {
  const std::vector<MadeSensor> sensors = two_cameras(0.3);
  track::SensorBiases biases = biases_of(sensors);
  walk_past(sensors, 0, duration_s, seed, biases);
  return biases.biases()[1];
}

Unbiased take_biases_out(const MadeUp& made) {
  Unbiased out;
  track::SensorBiases biases = biases_of(made.sensors);
  track::Tracker tracker({}, plane());
  for (const track::Scan& scan : made.scans) {
    out.scans.push_back(track_and_learn(scan, tracker, biases));
  }
  const std::vector<track::SensorBias> found = biases.biases();
  const double sensors = double(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double off = found[i].azimuth_rad - made.sensors[i].azimuth_bias_rad;
    const double off_deg = geo::degrees(off);
    const double sigmas = off / found[i].azimuth_sigma_rad;
    out.off_deg_rms += off_deg * off_deg / sensors;
    out.sigmas2_mean += sigmas * sigmas / sensors;
  }
  out.off_deg_rms = std::sqrt(out.off_deg_rms);
  return out;
}

}  // namespace marsad::test
