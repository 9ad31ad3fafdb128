// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "geo/local_frame.h"
#include "track/track.h"
#include "track/tracker.h"

namespace marsad::track {

struct SensorBiasSettings {
  // Two sensors' plots of a mover make a pair when no more than this is between them.
  double most_apart_s = 2.5;
  // A track gives no more than one pair in this time, since errors of the ground stay the same from
  // one frame to the next.
  double pair_every_s = 1;
  // A pair whose plots lie this many sigmas apart, biases and all, is of two movers.
  double gate_sigma = 3.5;
  // A plot counts where no other track, and no other plot of its scan, is within so many sigmas.
  double alone_sigma = 4;
  // What was learnt fades over this time, as mounts settle and warp.
  double memory_s = 86400;
  // A mover's own unsteadiness between the two plots: density of white acceleration.
  double acceleration_m2ps3 = 0.1;
};

// What is believed of one sensor.
struct SensorBias {
  sensor::SensorId sensor;
  double azimuth_rad = 0;  // by which it sees everything too far clockwise
  double azimuth_sigma_rad = 0;
  // By which it places everything too far away, in sigmas of what its plots themselves call their
  // common error along the line of sight (`bias_cov_m2`).
  double range = 0;
  double range_sigma = 1;
  std::uint64_t pairs = 0;  // that it was learnt from
};

// Estimates how far off each sensor points, from movers that two or more see: a Kalman filter whose
// state is all sensors' biases and whose measurements are the differences between two sensors'
// plots of one mover, each plot used once. What no pair tells apart stays as unsure as the priors
// say, and the covariance between sensors is kept. A sensor with which pairs come to disagree, as
// one that was knocked, is learnt anew.
//
// Give it the scans as they were located and the tracks that the tracker makes of `corrected` ones:
//   tracker.process(biases.corrected(scan)); biases.observe(tracker.tracks(), scan);
// Deterministic; one thread. Cost per pair grows with the square of the number of sensors.
class SensorBiases {
 public:
  SensorBiases(SensorBiasSettings settings, geo::LocalFrame frame);

  // A sensor whose azimuth is known to `azimuth_sigma_rad`; 0: it is not estimated. Each once.
  void add_sensor(const sensor::SensorId& sensor, geo::Geodetic place, double azimuth_sigma_rad);

  // A sensor that was added stands here now; what is known of it stays.
  void move_sensor(const sensor::SensorId& sensor, geo::Geodetic place);

  // The scan with what is known of its sensor's biases taken out of every plot. The plots' common
  // error across the line of sight shrinks by what was learnt; that along it stays, since errors
  // of the ground differ from place to place. Scans of sensors not added stay as they are.
  Scan corrected(const Scan& scan) const;

  // Learns from a scan as it was located. `tracks` are the tracker's after it.
  void observe(const std::vector<Track>& tracks, const Scan& located);

  // Of every sensor, in the order in which they were added.
  std::vector<SensorBias> biases() const;
  // None of a sensor that was not.
  std::optional<SensorBias> of(const sensor::SensorId& sensor) const;

 private:
  struct Sensor {
    sensor::SensorId id;
    double e_m = 0, n_m = 0;
    double azimuth_sigma_rad = 0;
    double drift = 0;  // mean disagreement of its latest pairs, in sigmas
    std::uint64_t pairs = 0;
  };
  // A plot of a track that no other sensor's was paired with yet.
  struct Half {
    TrackId track;
    std::size_t sensor = 0;
    base::Time time;
    double e_m = 0, n_m = 0;
    geo::CovEn cov_m2;
    geo::CovEn bias_cov_m2;
  };
  // How a plot moves with its sensor's azimuth (m/rad) and range error (m), east and north.
  struct Lever {
    double azimuth_e = 0, azimuth_n = 0;
    double range_e = 0, range_n = 0;
  };

  // How far a mover's two plots lie apart beside what the biases known explain.
  struct Difference {
    double off_e_m = 0, off_n_m = 0;
    geo::CovEn cov_m2;
    std::vector<double> with_e, with_n;  // covariance with the biases
    // The sigmas by which either azimuth would have to be another, were it that alone.
    double disagreement_of_first = 0, disagreement_of_second = 0;
  };

  std::optional<std::size_t> find(const sensor::SensorId& sensor) const;
  double& cov(std::size_t row, std::size_t column) { return cov_[row * mean_.size() + column]; }
  double cov(std::size_t row, std::size_t column) const {
    return cov_[row * mean_.size() + column];
  }
  SensorBias of(std::size_t sensor) const;
  double prior(std::size_t state) const;
  Lever lever(const Sensor& sensor, double e_m, double n_m, const geo::CovEn& bias) const;
  locate::Plot corrected(const locate::Plot& plot, std::size_t sensor) const;
  void fade(base::Time time);
  // By track: the scan's plots that may be a confirmed one's.
  std::vector<std::vector<std::size_t>> plots_near(const std::vector<Track>& tracks,
                                                   const Scan& scan) const;
  void pair_up(const Half& half, const Track& track);
  Difference difference(const Half& first, const Half& second, const Track& track) const;
  void compare(const Half& first, const Half& second, const Track& track);
  void learn(const Difference& difference);
  void judge(std::size_t sensor, double disagreement);

  SensorBiasSettings settings_;
  geo::LocalFrame frame_;
  std::vector<Sensor> sensors_;
  std::vector<double> mean_;  // azimuth, range by sensor
  std::vector<double> cov_;   // by rows
  std::optional<base::Time> faded_;
  std::vector<Half> halves_;
  std::vector<std::pair<TrackId, base::Time>> paired_;  // tracks that gave a pair just now
};

}  // namespace marsad::track
