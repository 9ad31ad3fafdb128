// SPDX-License-Identifier: Apache-2.0
#include "tests/track/made_sensors.h"

#include <algorithm>
#include <cmath>

#include "tests/track/plane.h"
#include "tests/track/strip.h"

namespace marsad::test {
namespace {

MadeSensor tower(const Strip& s, double e, double n) {
  MadeSensor made;
  made.e_m = e;
  made.n_m = n;
  made.range_m = s.range_m;
  made.detection_probability = s.detection_probability;
  made.across_m = s.across_m;
  made.across_per_m = s.across_per_m;
  made.along_m = s.along_m;
  made.along_per_m = s.along_per_m;
  return made;
}

// High up it sees far and tells the range well; it swings, so the bearing is worse.
MadeSensor balloon(const Strip& s, double e, double n) {
  MadeSensor made = tower(s, e, n);
  made.kind = MadeSensorKind::balloon;
  made.range_m = 2 * s.range_m;
  made.across_per_m = 0.002;
  made.along_per_m = 0.004;
  return made;
}

// Range to a few metres, bearing to half a degree.
MadeSensor radar(const Strip& s, double e, double n) {
  MadeSensor made = tower(s, e, n);
  made.kind = MadeSensorKind::radar;
  made.range_m = 1.6 * s.range_m;
  made.detection_probability = 0.75 * s.detection_probability;
  made.across_per_m = 0.009;
  made.along_m = 4;
  made.along_per_m = 0;
  return made;
}

void add_clutter(MadeSensor& sensor, const Strip& s, Dice& dice) {
  constexpr int kPlaces = 2;
  while (sensor.clutter.size() < kPlaces) {
    const geo::Enu place = {sensor.e_m + dice.uniform(-0.7, 0.7) * s.range_m,
                            s.north_m + dice.uniform(-1, 1) * s.half_width_m, 0};
    if (sensor.distance_m(place) < sensor.range_m) sensor.clutter.push_back(place);
  }
}

}  // namespace

double MadeSensor::distance_m(geo::Enu place) const {
  return std::hypot(place.east - e_m, place.north - n_m);
}

std::vector<MadeSensor> make_sensors(const Strip& s) {
  Dice dice(s.seed * 0x9E3779B97F4A7C15U + 1);
  std::vector<MadeSensor> sensors;
  for (double e = s.tower_every_m / 2; e < s.length_m; e += s.tower_every_m) {
    sensors.push_back(tower(s, e, dice.uniform(200, 1200)));
  }
  for (int b = 0; b < s.balloons; ++b) {
    sensors.push_back(balloon(s, (b + 0.5) * s.length_m / s.balloons, dice.uniform(1500, 2500)));
  }
  for (int r = 0; r < s.radars; ++r) {
    sensors.push_back(radar(s, (r + 0.4) * s.length_m / s.radars, dice.uniform(300, 900)));
  }
  for (std::size_t i = 0; i < sensors.size(); ++i) {
    MadeSensor& made = sensors[i];
    made.id = sensor::SensorId{s.name + std::to_string(i)};
    made.e_m += s.west_m;
    made.n_m += s.north_m;
    made.period_s = s.scan_every_s;
    made.azimuth_sigma_rad = s.azimuth_bias_rad;
    made.range_sigma = s.bias_per_m;
    made.azimuth_bias_rad = s.azimuth_bias_rad * dice.normal();
    made.range_bias = s.bias_per_m * dice.normal();
    if (s.own_time) {
      made.first_look_s = dice.uniform() * s.scan_every_s;
      made.period_s *= dice.uniform(0.8, 1.3);
    }
    if (s.clustered > 0) add_clutter(made, s, dice);
  }
  for (int o = 0; o < s.outages; ++o) {
    MadeSensor& made = sensors[std::size_t(dice.uniform() * double(sensors.size()))];
    made.silent_from_s = dice.uniform(0.2, 0.6) * s.duration_s;
    made.silent_until_s = made.silent_from_s + 0.25 * s.duration_s;
  }
  return sensors;
}

bool reports(const std::vector<MadeSensor>& sensors, const MadeSensor& sensor, geo::Enu place,
             int sensors_a_mover) {
  if (std::abs(place.east - sensor.e_m) > sensor.range_m) return false;
  const double distance = sensor.distance_m(place);
  if (distance > sensor.range_m) return false;
  if (sensor.kind != MadeSensorKind::tower) return true;
  const auto nearer = std::count_if(sensors.begin(), sensors.end(), [&](const MadeSensor& other) {
    return other.kind == MadeSensorKind::tower && other.distance_m(place) < distance;
  });
  return nearer < sensors_a_mover;
}

locate::Plot report(const MadeSensor& s, geo::Enu place, Dice& dice) {
  const double range = std::max(1.0, s.distance_m(place));
  const double ue = (place.east - s.e_m) / range, un = (place.north - s.n_m) / range;
  const double across = s.across_m + s.across_per_m * range;
  const double along = s.along_m + s.along_per_m * range;
  const double right = across * dice.normal() + s.azimuth_bias_rad * range;  // as one looks
  const double away = along * dice.normal() + s.range_bias * range;
  locate::Plot plot;
  const geo::Enu seen = {place.east + away * ue + right * un, place.north + away * un - right * ue,
                         0};
  plot.place = plane().to_geodetic(seen);
  const auto spread = [&](double across2, double along2) {
    return geo::CovEn{along2 * ue * ue + across2 * un * un, (along2 - across2) * ue * un,
                      along2 * un * un + across2 * ue * ue};
  };
  // Rounding makes a common error in one direction alone no covariance; so there is a little of the
  // other, where there is any.
  const double common = std::max(s.azimuth_sigma_rad, s.range_sigma);
  const double sideways = std::max(s.azimuth_sigma_rad, 0.01 * common) * range;
  const double lengthways = std::max(s.range_sigma, 0.01 * common) * range;
  plot.cov_m2 = spread(across * across, along * along);
  plot.bias_cov_m2 = spread(sideways * sideways, lengthways * lengthways);
  plot.bearing_rad = std::atan2(seen.east - s.e_m, seen.north - s.n_m);
  plot.bearing_sigma_rad = std::hypot(across / range, s.azimuth_sigma_rad);
  return plot;
}

}  // namespace marsad::test
