// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

namespace marsad::terrain {

// Where pixels lie: x = c0 + c1 column + c2 row, y = c3 + c4 column + c5 row, by pixel edges.
struct Affine {
  std::array<double, 6> c{};

  bool north_up() const { return c[2] == 0 && c[4] == 0 && c[1] > 0 && c[5] < 0; }
  double x(double column, double row) const { return c[0] + c[1] * column + c[2] * row; }
  double y(double column, double row) const { return c[3] + c[4] * column + c[5] * row; }
};

// A rectangle of pixels.
struct Window {
  int column = 0;
  int row = 0;
  int columns = 0;
  int rows = 0;

  std::size_t size() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
  }
};

// The node numbers that enclose [from, to], clipped to [0, count). A node a rounding error away
// from the edge is the edge.
std::pair<int, int> enclosing(double from, double to, int count);

}  // namespace marsad::terrain
