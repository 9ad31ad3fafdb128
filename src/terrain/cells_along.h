// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "terrain/elevation.h"

namespace marsad::terrain {

// Goes over the cells that a straight line between two points passes, from one share of it to
// another: `visit(column, row, from, to)` gets each cell's north-west node and the shares between
// which the line is in it. Ends early where it answers false. Cells may lie outside the grid.
template <class Visit>
void each_cell(GridPoint a, GridPoint b, double from, double to, Visit visit) {
  const double columns = b.column - a.column, rows = b.row - a.row;
  const auto next_line = [](double at, double way) {
    return way > 0 ? std::floor(at) + 1 : std::ceil(at) - 1;
  };
  double column = next_line(a.column + from * columns, columns);
  double row = next_line(a.row + from * rows, rows);
  for (double share = from; share < to;) {
    const double by_column = columns == 0 ? 2 : (column - a.column) / columns;
    const double by_row = rows == 0 ? 2 : (row - a.row) / rows;
    const double end = std::min({by_column, by_row, to});
    if (end > share) {
      const double middle = (share + end) / 2;
      if (!visit(static_cast<int>(std::floor(a.column + middle * columns)),
                 static_cast<int>(std::floor(a.row + middle * rows)), share, end))
        return;
      share = end;
    }
    if (by_column <= end) column += columns > 0 ? 1 : -1;
    if (by_row <= end) row += rows > 0 ? 1 : -1;
  }
}

}  // namespace marsad::terrain
