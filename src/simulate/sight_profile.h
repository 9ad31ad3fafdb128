// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "geo/geodetic.h"
#include "terrain/elevation.h"

namespace marsad::simulate {

// Where the ground stands in the view from one place, for a fan of azimuths: made once, then any
// pixel's range and what hides a mover are table look-ups. Slopes are tangents of the elevation
// angle above level, with the earth's curvature and refraction in them. Ranges are along the
// ground. Immutable.
class SightProfile {
 public:
  // Looks from `eye` at azimuths from `from_rad` over `span_rad` clockwise, `step_rad` apart.
  SightProfile(const terrain::Elevation& elevation, geo::Geodetic eye, double from_rad,
               double span_rad, double step_rad);

  // Where a line of this slope meets the ground; none where it goes to the sky.
  std::optional<double> range_m(double azimuth_rad, double slope) const;

  // Below this slope the ground nearer than `range_m` hides everything.
  double hidden_below(double azimuth_rad, double range_m) const;

  // The farthest ground looked at.
  double reach_m() const { return ranges_m_.back(); }

 private:
  const float* row(double azimuth_rad) const;

  double from_rad_;
  double step_rad_;
  std::size_t azimuths_;
  std::vector<double> ranges_m_;  // growing
  std::vector<float> highest_;  // by azimuth, then range: greatest slope of the ground up to there
};

// The place this far from another along the ground. Good to 1 m within 20 km.
geo::Geodetic offset(geo::Geodetic from, double east_m, double north_m);

}  // namespace marsad::simulate
