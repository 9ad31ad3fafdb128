// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/alignment.h"
#include "detect/background.h"
#include "detect/piece.h"

namespace marsad::detect {

// Measures the detection that pieces make up together, in the frame's own pixels. The centroid is
// weighted with the differences; its covariance follows from the noise of the weights.
Detection measure(const std::vector<const Piece*>& pieces, const Background& background,
                  const Alignment& alignment);

// Paints the thing that pieces make up together, shifted by whole pixels: all between its outermost
// pixels in each row and column, since what a thing has of the ground's own warmth is part of it.
void paint_outline(const std::vector<const Piece*>& pieces, int dx, int dy,
                   video::Image<std::uint8_t>& mask);

}  // namespace marsad::detect
