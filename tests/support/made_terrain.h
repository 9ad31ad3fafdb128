// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "geo/geodetic.h"
#include "geo/local_frame.h"
#include "terrain/elevation.h"

namespace marsad::test {

// Where made terrain lies: its frame's origin, at sea level.
inline const geo::Geodetic kMiddle{geo::radians(34), geo::radians(41), 0};
inline const geo::LocalFrame kFrame(kMiddle);

// The place so many metres east and north of the middle, at a height above sea level.
inline geo::Geodetic at(double east_m, double north_m, double height_m = 0) {
  return kFrame.to_geodetic_at_height(east_m, north_m, height_m);
}

// Ground whose height is told by a function of metres east and north of the middle.
inline terrain::Elevation made_terrain(double half_width_m, double spacing_m,
                                       const std::function<double(double, double)>& height_m) {
  const terrain::Bounds bounds = terrain::grown(
      {kMiddle.lat_rad, kMiddle.lat_rad, kMiddle.lon_rad, kMiddle.lon_rad}, half_width_m);
  const int nodes = static_cast<int>(2 * half_width_m / spacing_m) + 1;
  std::vector<float> heights;
  for (int row = 0; row < nodes; ++row) {
    for (int column = 0; column < nodes; ++column) {
      const double lat_rad =
          bounds.north_rad - row * (bounds.north_rad - bounds.south_rad) / (nodes - 1);
      const double lon_rad =
          bounds.west_rad + column * (bounds.east_rad - bounds.west_rad) / (nodes - 1);
      const geo::Enu metres = kFrame.to_enu({lat_rad, lon_rad, 0});
      heights.push_back(static_cast<float>(height_m(metres.east, metres.north)));
    }
  }
  return terrain::Elevation::from_grid(bounds, nodes, nodes, std::move(heights));
}

inline terrain::Elevation flat_terrain(double half_width_m = 30'000, double height_m = 0) {
  return made_terrain(half_width_m, 200, [=](double, double) { return height_m; });
}

// The direction with this azimuth (clockwise from north) and elevation.
inline geo::Enu towards(double azimuth_deg, double elevation_deg) {
  const double azimuth = geo::radians(azimuth_deg), elevation = geo::radians(elevation_deg);
  return {std::sin(azimuth) * std::cos(elevation), std::cos(azimuth) * std::cos(elevation),
          std::sin(elevation)};
}

}  // namespace marsad::test
