// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "terrain/tile.h"

namespace marsad::terrain {

// The highest node of square blocks of cells, so that a ray can pass over many cells at once. A
// block of level L has 4 · 4^L cells a side; the top level is one block over the whole grid. Takes
// a fifteenth of the nodes' memory; of a grid of more than kMostWithFinest nodes level 0 is left
// out, which makes rays near the ground slower and leaves a 240th.
class Highest {
 public:
  static constexpr int kFinestCells = 4;
  static constexpr std::size_t kMostWithFinest = std::size_t{1} << 28;

  // Of so many nodes, at least 2 by 2, all void.
  Highest(int columns, int rows);
  // Takes in one tile's nodes, and when all are there, makes the levels above.
  void put(int tile_column, int tile_row, const Tile::Nodes& nodes);
  void finish();

  int top() const { return static_cast<int>(levels_.size()) - 1; }
  // The highest node of all blocks of a level that a line between two cells can touch, where it is
  // no longer than a block's side; minus infinity where all are void.
  // Where level 0 is left out, level 1 stands for it.
  float along(int level, int column, int row, int to_column, int to_row) const {
    const int held = std::max(level, finest_);
    const Level& of = levels_[static_cast<std::size_t>(held)];
    const int shift = 2 * held + 2;
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

  int finest_;  // level 0 or, where that is left out, 1
  std::vector<Level> levels_;
};

}  // namespace marsad::terrain
