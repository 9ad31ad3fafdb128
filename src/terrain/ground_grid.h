// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "terrain/elevation.h"

namespace marsad::terrain {

// Heights above mean sea level on a raster's own nodes, which are its cells' centres: row by row
// from the first, columns and rows a step apart on the ground, as if it were a plane. NaN is a
// void.
struct GroundGrid {
  int columns = 0;
  int rows = 0;
  double column_step_m = 0;
  double row_step_m = 0;
  std::vector<float> heights_m;

  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
  }
  float height_m(int column, int row) const { return heights_m[index(column, row)]; }
  bool contains(GridPoint point) const {
    return point.column >= 0 && point.row >= 0 && point.column <= columns - 1 &&
           point.row <= rows - 1;
  }
};

}  // namespace marsad::terrain
