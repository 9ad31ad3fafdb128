// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"

namespace marsad::terrain {

// The ground that stands highest in one direction.
struct HorizonPoint {
  double azimuth_rad = 0;    // clockwise from north
  double elevation_rad = 0;  // as it appears, raised by refraction
  double range_m = 0;        // along the ground
};

// Which way and how far to look: `count` azimuths from `from_rad` on, `step_rad` apart.
struct HorizonSettings {
  double from_rad = 0;
  double step_rad = 0;
  int count = 0;
  double max_range_m = 30'000;
  double refraction = kRefraction;
};

// The horizon of a place above the ground: for each azimuth the largest elevation angle of the
// bilinear ground within the range, exact to a micro-radian; a ray sent higher passes over
// everything. What is raised on the ground counts, what is dug does not. None where no ground is
// known that way. Unknown ground hides nothing, so beyond the edge of the map the real horizon may
// stand higher.
std::vector<std::optional<HorizonPoint>> horizon(const Elevation& elevation, geo::Geodetic eye,
                                                 const HorizonSettings& settings);

// The foot and crest edges of what is raised on the ground, in one azimuth and within the range,
// nearest first; empty where the elevation has no earthworks.
std::vector<HorizonPoint> crests(const Elevation& elevation, geo::Geodetic eye, double azimuth_rad,
                                 double max_range_m, double refraction = kRefraction);

}  // namespace marsad::terrain
