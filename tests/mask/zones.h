// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "border/border.h"
#include "tests/support/made_terrain.h"

namespace marsad::test {

// A privacy zone with these corners, metres east and north of the middle.
inline border::Zone privacy_zone(const std::vector<std::pair<double, double>>& corners_m,
                                 double height_m = 4) {
  border::Zone zone{"homes", border::ZoneKind::privacy, {}, height_m, {}, {}};
  for (const auto& [east_m, north_m] : corners_m) zone.ring.push_back(at(east_m, north_m));
  zone.ring.push_back(zone.ring.front());
  return zone;
}

inline border::Zone privacy_square(double east_m, double north_m, double size_m,
                                   double height_m = 4) {
  const double r = size_m / 2;
  return privacy_zone({{east_m - r, north_m - r},
                       {east_m + r, north_m - r},
                       {east_m + r, north_m + r},
                       {east_m - r, north_m + r}},
                      height_m);
}

}  // namespace marsad::test
