// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>

#include "terrain/ground_grid.h"

namespace marsad::terrain {

// Where the observer's eye is, and how the Earth falls away from it.
struct Eye {
  GridPoint at;
  double height_m = 0;     // above mean sea level
  double drop_per_m2 = 0;  // (1 - k) / 2R, 0 for a flat Earth
};

// The ground's height at a point of the grid, linear between nodes along rows and columns and
// bilinear within cells; none outside and where a node that it hangs on is void.
std::optional<double> height_at(const GroundGrid& grid, GridPoint point);

// How high above the ground something at this node must be to be seen from the eye: the exact ray
// test. The line of sight is checked wherever it crosses a row or a column of nodes, the ground
// there linear between the two nodes beside it, the Earth's drop taken at the crossing. Crossings
// beside a void hide nothing. Below 0 where the ground itself is seen with room to spare; minus
// infinity where nothing at all could hide it; NaN over a void. Where it is found to
// be more than `enough_m`, some height above that and no more than the exact one is returned. Takes
// as long as the line crosses cells.
double exact_least_height_m(const GroundGrid& grid, const Eye& eye, int column, int row,
                            double enough_m = std::numeric_limits<double>::infinity());

}  // namespace marsad::terrain
