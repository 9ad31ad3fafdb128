// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "geo/geodetic.h"
#include "locate/plot.h"
#include "sensor/mover_class.h"

namespace marsad::track {

using TrackId = base::Id<struct TrackTag>;

// A tentative track is not shown; a confirmed one is; a lost one is told once, then gone. A hidden
// one was confirmed, and nobody saw it for so long that its place is a guess; yet no sensor would
// have, where it may be, so that it is expected to show again.
enum class TrackStatus { tentative, confirmed, lost, hidden };
constexpr std::array<std::string_view, 4> words(TrackStatus) {
  return {"tentative", "confirmed", "lost", "hidden"};
}

// One mover over time.
struct Track {
  TrackId id;
  TrackStatus status = TrackStatus::tentative;
  base::Time time;  // of the state below
  geo::Geodetic place;
  double ve_mps = 0;
  double vn_mps = 0;
  // Of the state [e, n, ve, vn] in m and m/s, upper triangle by rows: 10 numbers. The sensor's
  // bias is not in it.
  std::array<double, 10> cov{};
  geo::CovEn bias_cov_m2;  // of the sensors that placed it; add it to the position's covariance
  double existence = 0;    // probability that there is such a mover
  sensor::ClassProbabilities classes = sensor::kUnknownClass;
  bool in_air = false;  // was when it had its newest place; `place` has its height
  base::Time first_seen;
  base::Time last_seen;
  std::uint32_t plots = 0;
  sensor::SensorId last_sensor;
  locate::Cause last_cause;               // the newest detection in it
  std::vector<sensor::SensorId> sensors;  // all that saw it, in order of first sight

  bool operator==(const Track&) const = default;

  geo::CovEn position_cov_m2() const { return geo::CovEn{cov[0], cov[1], cov[4]} + bias_cov_m2; }
};

}  // namespace marsad::track
