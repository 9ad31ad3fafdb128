// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "detect/background.h"

namespace marsad::detect {

// How many times more restless than usual each part of a frame is: 1 where nothing stirs, more
// where wind moves the grass or the camera's contrast was changed. It is told by the median of
// blocks, so that a mover, which fills less than half a block, does not hide itself.
class Unrest {
 public:
  // Measures the differences of the last comparison against the noise.
  explicit Unrest(const Background& background);

  // The factors along one row, and at one pixel.
  void row(int y, std::span<float> factors) const;
  float at(int x, int y) const;

 private:
  float block(int column, int row) const {
    return blocks_[static_cast<std::size_t>(row * columns_ + column)];
  }

  int columns_;
  int rows_;
  std::vector<float> blocks_;
};

}  // namespace marsad::detect
