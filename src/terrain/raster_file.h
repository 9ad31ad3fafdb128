// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
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

// Writes a GeoTIFF (WGS 84, float32, metres) of nodes that span `bounds` edge to edge; `read_row`
// gives one row's heights, from the north.
base::Result<void> write_raster(const std::string& file, Bounds bounds, int columns, int rows,
                                const std::function<void(int, std::span<float>)>& read_row);

}  // namespace marsad::terrain
