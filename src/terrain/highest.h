// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace marsad::terrain {

// The highest node of square blocks of cells, so that a ray can pass over many cells at once. A
// block of level L has 4 · 4^L cells a side; the top level is one block over the whole grid. Takes
// a fifteenth of the nodes' memory.
class Highest {
 public:
  Highest() = default;
  // Heights row by row, at least 2 by 2 nodes; NaN is a void.
  Highest(int columns, int rows, std::span<const float> heights_m);

  static constexpr int kFinestCells = 4;
  int top() const { return static_cast<int>(levels_.size()) - 1; }
  // The highest node of all blocks of a level that a line between two cells can touch, where it is
  // no longer than a block's side; minus infinity where all are void.
  float along(int level, int column, int row, int to_column, int to_row) const {
    const Level& of = levels_[static_cast<std::size_t>(level)];
    const int shift = 2 * level + 2;
    const auto west = static_cast<std::size_t>(column >> shift);
    const auto east = static_cast<std::size_t>(to_column >> shift);
    const std::size_t north = static_cast<std::size_t>(row >> shift) * of.columns;
    const std::size_t south = static_cast<std::size_t>(to_row >> shift) * of.columns;
    const float* highest_m = of.highest_m.data();
    return std::max(std::max(highest_m[north + west], highest_m[north + east]),
                    std::max(highest_m[south + west], highest_m[south + east]));
  }

 private:
  struct Level {
    std::size_t columns = 0;
    std::size_t rows = 0;
    std::vector<float> highest_m;
  };
  static Level coarser(const Level& fine);

  std::vector<Level> levels_;
};

}  // namespace marsad::terrain
