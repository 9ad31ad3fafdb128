// SPDX-License-Identifier: Apache-2.0
#include "terrain/highest.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace marsad::terrain {
namespace {

constexpr float kNothing = -std::numeric_limits<float>::infinity();
constexpr std::size_t kTogether = 4;  // blocks of a level along one side of the next level's

constexpr std::size_t kAcross = Tile::kCells / Highest::kFinestCells;
using Blocks = std::array<float, kAcross * kAcross>;

// The highest node of each block; blocks share the nodes on their edges.
Blocks highest_of(const Tile::Nodes& nodes) {
  constexpr std::size_t kSide = Highest::kFinestCells, kNodes = Tile::kNodes;
  Blocks highest_m;
  for (std::size_t down = 0; down < kAcross; ++down) {
    // Of each column first, which the processor does for several at once.
    std::array<float, kNodes> of_columns;
    of_columns.fill(kNothing);
    for (std::size_t row = down * kSide; row <= (down + 1) * kSide; ++row) {
      const float* of_row = &nodes[row * kNodes];
      for (std::size_t column = 0; column < kNodes; ++column) {
        // Not std::max: a comparison with a void is false, which leaves the highest as it is.
        of_columns[column] =
            of_row[column] > of_columns[column] ? of_row[column] : of_columns[column];
      }
    }
    for (std::size_t block = 0; block < kAcross; ++block) {
      const float* first = &of_columns[block * kSide];
      highest_m[down * kAcross + block] = *std::max_element(first, first + kSide + 1);
    }
  }
  return highest_m;
}

std::size_t blocks_of(int nodes, std::size_t cells) {
  return (static_cast<std::size_t>(nodes) - 1 + cells - 1) / cells;
}

}  // namespace

Highest::Highest(int columns, int rows)
    : finest_(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows) > kMostWithFinest
                  ? 1
                  : 0) {
  levels_.resize(static_cast<std::size_t>(finest_) + 1);
  const std::size_t cells = finest_ == 0 ? kFinestCells : kTogether * kFinestCells;
  Level& finest = levels_.back();
  finest = {blocks_of(columns, cells), blocks_of(rows, cells), {}};
  finest.highest_m.assign(finest.columns * finest.rows, kNothing);
}

void Highest::put(int tile_column, int tile_row, const Tile::Nodes& nodes) {
  const std::size_t together = finest_ == 0 ? 1 : kTogether;
  const Blocks highest_m = highest_of(nodes);
  Level& finest = levels_.back();
  const std::size_t west = kAcross / together * static_cast<std::size_t>(tile_column);
  const std::size_t north = kAcross / together * static_cast<std::size_t>(tile_row);
  for (std::size_t row = 0; row < kAcross && north + row / together < finest.rows; ++row) {
    float* of_row = &finest.highest_m[(north + row / together) * finest.columns];
    for (std::size_t column = 0; column < kAcross && west + column / together < finest.columns;
         ++column) {
      float& highest = of_row[west + column / together];
      highest = std::max(highest, highest_m[row * kAcross + column]);
    }
  }
}

void Highest::finish() {
  while (levels_.back().highest_m.size() > 1) levels_.push_back(coarser(levels_.back()));
}

Highest::Level Highest::coarser(const Level& fine) {
  Level level{
      (fine.columns + kTogether - 1) / kTogether, (fine.rows + kTogether - 1) / kTogether, {}};
  level.highest_m.assign(level.columns * level.rows, kNothing);
  for (std::size_t row = 0; row < fine.rows; ++row) {
    for (std::size_t column = 0; column < fine.columns; ++column) {
      float& highest = level.highest_m[row / kTogether * level.columns + column / kTogether];
      highest = std::max(highest, fine.highest_m[row * fine.columns + column]);
    }
  }
  return level;
}

}  // namespace marsad::terrain
