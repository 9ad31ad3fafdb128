// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "geo/local_frame.h"
#include "locate/plot.h"
#include "track/gate.h"
#include "track/refusal.h"
#include "track/sightline.h"

namespace marsad::track {

// A plot that is only a bearing, in the tracker's plane: it tells where across the line of sight a
// mover is, and not how far off.
struct Bearing {
  double from_e_m = 0, from_n_m = 0;  // where the sensor stood
  double from_height_m = 0;
  double along_e = 0, along_n = 1;  // the direction it saw, of length 1
  double sigma_rad = 0;             // of what is fresh in each plot
  double bias_sigma_rad = 0;        // of what stays the same
  double elevation_rad = 0;         // of the line of sight, up from level
  std::array<float, sensor::kMoverClasses> classes{};
  locate::Cause cause;

  sensor::ClassProbabilities class_probabilities() const {
    sensor::ClassProbabilities out{};
    std::copy(classes.begin(), classes.end(), out.begin());
    return out;
  }
  // How far along the line of sight a place lies; behind the sensor where negative.
  double range_m(double e_m, double n_m) const {
    return along_e * (e_m - from_e_m) + along_n * (n_m - from_n_m);
  }
};

// The bearings among the plots that can be used, clockwise from north, each once; the others are
// counted in `refused`. Plots with a place are not looked at.
std::vector<Bearing> bearings_of(const std::vector<locate::Plot>& plots,
                                 const geo::LocalFrame& frame, RefusedCounts& refused);

// What the bearing tells of a mover at this range: its line, and its fresh error there.
Sightline line_at(const Bearing& seen, double range_m);

// The error at this range that is common to the sensor's bearings: all across the line of sight.
geo::CovEn bias_cov_m2(const Bearing& seen, double range_m);

// A bearing may be of a mover no farther off than this.
inline constexpr double kMostBearingRange_m = 20'000;

// Boxes that together hold the strip in which movers may be that it is of, so many sigmas wide.
void boxes_along(const Bearing& seen, double sigmas, std::vector<Box>& boxes);

// Whether that strip may touch the box.
bool may_cross(const Bearing& seen, const Box& box, double sigmas);

// Whether a mover on the ground at this range and height would be seen as high or low as that.
bool fits_elevation(const Bearing& seen, double range_m, double height_m, double sigmas);

}  // namespace marsad::track
