// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/background.h"
#include "detect/piece.h"
#include "detect/similarity.h"

namespace marsad::detect {

// How the frame lies over the background.
struct FrameOver {
  Similarity similarity;
  Place middle;
  double gain = 1;
};

// Measures the detection that pieces make up together, in the frame's own pixels. The centroid is
// weighted with the differences; its covariance follows from the noise of the weights.
Detection measure(const std::vector<const Piece*>& pieces, const Background& background,
                  const FrameOver& frame);

// Paints the thing that pieces make up together where the frame has it: all between its outermost
// pixels in each row and column, since what a thing has of the ground's own warmth is part of it.
void paint_outline(const std::vector<const Piece*>& pieces, const FrameOver& frame,
                   video::Image<std::uint8_t>& mask);

}  // namespace marsad::detect
