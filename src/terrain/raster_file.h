// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

// Heights on a grid of latitude and longitude, row by row from the north-west node; NaN is a void.
struct HeightGrid {
  Bounds bounds;
  int columns = 0;
  int rows = 0;
  std::vector<float> heights_m;
};

// What Elevation::open promises. The library's own messages become the error's.
base::Result<HeightGrid> read_raster(const std::string& file, Bounds bounds);

base::Result<void> write_raster(const std::string& file, const HeightGrid& grid);

}  // namespace marsad::terrain
