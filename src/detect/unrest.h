// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "video/image.h"

namespace marsad::detect {

// How many times more restless than usual each part of a frame is: 1 where nothing stirs, more
// where wind moves the grass or the camera's contrast was changed. It is told by the median of
// blocks, so that a mover, which fills less than half a block, does not hide itself.
class Unrest {
 public:
  // Measures `difference` against `noise`.
  Unrest(const video::Image<float>& difference, const video::Image<float>& noise);

  // The factors along one row.
  void row(int y, std::span<float> factors) const;

 private:
  float of_block(int column, int row, const video::Image<float>& difference,
                 const video::Image<float>& noise) const;

  int columns_;
  int rows_;
  std::vector<float> blocks_;
};

}  // namespace marsad::detect
