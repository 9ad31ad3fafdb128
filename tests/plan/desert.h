// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "geo/border_line.h"
#include "plan/belt.h"
#include "plan/watch.h"
#include "tests/support/made_terrain.h"

namespace marsad::plan::test {

using marsad::test::at;

// A straight border from 5 km north to 5 km south of the middle; home is to the east.
inline geo::BorderLine straight_border() {
  return *geo::BorderLine::make({at(0, 5000), at(0, -5000)}, true);
}

// A camera on a tower of this height, east and north of the middle, on ground at sea level.
inline Watcher tower(double east_m, double north_m, double azimuth_deg, double fov_deg = 12,
                     double height_m = 30) {
  Watcher watcher;
  watcher.camera.id = {"T1"};
  watcher.camera.model.horizontal_fov_rad = geo::radians(fov_deg);
  watcher.camera.pose = {at(east_m, north_m, height_m), geo::radians(azimuth_deg),
                         geo::radians(-1.5), 0};
  return watcher;
}

}  // namespace marsad::plan::test
