// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/track/dice.h"
#include "tests/track/plane.h"
#include "track/tracker.h"

namespace marsad::test {

// Words to put plots into the plane the trackers under test work in.

inline base::Time at(double t_s) { return base::Time(base::from_seconds(t_s)); }

inline locate::Plot plot(double e_m, double n_m, geo::CovEn cov_m2, geo::CovEn bias_cov_m2 = {}) {
  locate::Plot made;
  made.place = plane().to_geodetic({e_m, n_m, 0});
  made.cov_m2 = cov_m2;
  made.bias_cov_m2 = bias_cov_m2;
  return made;
}

// A plot that is only a bearing: of something on the ground at `to`, seen from a mast of 30 m at
// `from` without an error.
struct Spot {
  double e_m = 0, n_m = 0;
};
inline locate::Plot bearing(Spot from, Spot to, double sigma_rad) {
  constexpr double kMast_m = 30;
  locate::Plot made;
  made.from = plane().to_geodetic({from.e_m, from.n_m, kMast_m});
  const geo::Enu sight =
      geo::LocalFrame(*made.from).to_enu(plane().to_geodetic({to.e_m, to.n_m, 0}));
  made.bearing_rad = std::atan2(sight.east, sight.north);
  made.elevation_rad = std::atan2(sight.up, std::hypot(sight.east, sight.north));
  made.bearing_sigma_rad = sigma_rad;
  return made;
}

// A plot with an error drawn from its covariance, whose axes lie along east and north.
inline locate::Plot noisy_plot(double e_m, double n_m, double sigma_e_m, double sigma_n_m,
                               Dice& dice, geo::CovEn bias_cov_m2 = {}) {
  const double e = e_m + sigma_e_m * dice.normal();
  const double n = n_m + sigma_n_m * dice.normal();
  return plot(e, n, {sigma_e_m * sigma_e_m, 0, sigma_n_m * sigma_n_m}, bias_cov_m2);
}

inline track::Scan scan(const std::string& sensor, double t_s, std::vector<locate::Plot> plots) {
  track::Scan made{sensor::SensorId{sensor}, at(t_s), std::move(plots)};
  for (locate::Plot& p : made.plots) {
    p.sensor = made.sensor;
    p.time = made.time;
  }
  return made;
}

inline std::vector<track::Track> confirmed_of(const track::Tracker& tracker) {
  std::vector<track::Track> tracks = tracker.tracks();
  std::erase_if(tracks,
                [](const track::Track& t) { return t.status != track::TrackStatus::confirmed; });
  return tracks;
}

// How far the track is from (e, n).
inline double distance_m(const track::Track& track, double e_m, double n_m) {
  const geo::Enu place = plane().to_enu(track.place);
  return std::hypot(place.east - e_m, place.north - n_m);
}

}  // namespace marsad::test
