// SPDX-License-Identifier: Apache-2.0
#include "terrain/highest.h"

#include <limits>
#include <utility>

namespace marsad::terrain {
namespace {

constexpr float kNothing = -std::numeric_limits<float>::infinity();

std::size_t blocks_of(std::size_t nodes) {
  return (nodes - 1 + Highest::kFinestCells - 1) / Highest::kFinestCells;
}

}  // namespace

Highest::Highest(int columns, int rows, std::span<const float> heights_m) {
  const auto width = static_cast<std::size_t>(columns), height = static_cast<std::size_t>(rows);
  constexpr std::size_t kSide = kFinestCells;
  Level finest{blocks_of(width), blocks_of(height), {}};
  finest.highest_m.reserve(finest.columns * finest.rows);
  for (std::size_t row = 0; row + 1 < height; row += kSide) {
    for (std::size_t column = 0; column + 1 < width; column += kSide) {
      float highest = kNothing;
      // Blocks share the nodes on their edges.
      for (std::size_t r = row; r <= std::min(row + kSide, height - 1); ++r) {
        for (std::size_t c = column; c <= std::min(column + kSide, width - 1); ++c) {
          // Not std::max: a comparison with a void is false, which leaves the highest as it is.
          if (heights_m[r * width + c] > highest) highest = heights_m[r * width + c];
        }
      }
      finest.highest_m.push_back(highest);
    }
  }
  levels_.push_back(std::move(finest));
  while (levels_.back().highest_m.size() > 1) levels_.push_back(coarser(levels_.back()));
}

Highest::Level Highest::coarser(const Level& fine) {
  Level level{(fine.columns + 3) / 4, (fine.rows + 3) / 4, {}};
  level.highest_m.assign(level.columns * level.rows, kNothing);
  for (std::size_t row = 0; row < fine.rows; ++row) {
    for (std::size_t column = 0; column < fine.columns; ++column) {
      float& highest = level.highest_m[row / 4 * level.columns + column / 4];
      highest = std::max(highest, fine.highest_m[row * fine.columns + column]);
    }
  }
  return level;
}

}  // namespace marsad::terrain
