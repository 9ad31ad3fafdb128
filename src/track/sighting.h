// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "geo/local_frame.h"
#include "track/bearing.h"
#include "track/cov_root.h"
#include "track/motion.h"
#include "track/refusal.h"
#include "track/scan.h"
#include "track/track.h"

namespace marsad::track {

// A plot in the tracker's plane, small, for many are kept.
struct Sighting {
  double e_m = 0;
  double n_m = 0;
  CovRoot root;       // of the fresh error alone
  CovRoot bias_root;  // of what is the same in the sensor's other plots
  float height_m = 0;
  bool in_air = false;
  std::uint32_t index = 0;  // of the detection in its frame
  std::uint64_t frame = 0;
  TrackId owner;                                       // the track that has it, as last reckoned
  std::array<float, sensor::kMoverClasses> classes{};  // probabilities

  Position position() const { return {e_m, n_m, root.cov_m2()}; }
  geo::CovEn bias_cov_m2() const { return bias_root.cov_m2(); }
  locate::Cause cause() const { return {frame, index}; }
  sensor::ClassProbabilities class_probabilities() const {
    sensor::ClassProbabilities out{};
    std::copy(classes.begin(), classes.end(), out.begin());
    return out;
  }
};

// A scan in the tracker's plane, as it is kept for as long as late ones may come.
struct Look {
  const sensor::SensorId* sensor = nullptr;
  std::uint32_t sensor_number = 0;  // the tracker's
  base::Time time;
  std::vector<Sighting> sightings;  // from west to east, so that their order in the scan is nothing
  std::vector<Bearing> bearings;

  // What it costs to work it in, in plots and looks.
  std::size_t work() const { return 1 + sightings.size() + bearings.size(); }
};

// The plots with a place that can be used, each once; the others are counted in `refused`. Bearings
// are not looked at.
std::vector<Sighting> sightings_of(const std::vector<locate::Plot>& plots,
                                   const geo::LocalFrame& frame, RefusedCounts& refused);

}  // namespace marsad::track
