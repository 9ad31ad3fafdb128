// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/result.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

// Writes a GeoTIFF (WGS 84, float32, metres) of nodes that span `bounds` edge to edge; `read_row`
// gives one row's heights, from the north.
base::Result<void> write_raster(const std::string& file, Bounds bounds, int columns, int rows,
                                const std::function<void(int, std::span<float>)>& read_row);

}  // namespace marsad::terrain
