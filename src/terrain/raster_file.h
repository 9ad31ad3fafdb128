// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

// What the bands of a raster hold.
struct RasterBands {
  std::vector<std::string> names;  // one for each
  std::string unit;                // of all of them; empty where they have none
};

// Writes a GeoTIFF (WGS 84, float32) of nodes that span `bounds` edge to edge; `read_row` gives one
// row of one band, from the north, NaN where nothing is told.
base::Result<void> write_raster(
    const std::string& file, Bounds bounds, int columns, int rows, const RasterBands& bands,
    const std::function<void(std::size_t band, int row, std::span<float>)>& read_row);

}  // namespace marsad::terrain
