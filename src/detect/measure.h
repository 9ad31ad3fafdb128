// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/alignment.h"
#include "detect/background.h"
#include "detect/memory.h"

namespace marsad::detect {

// The largest difference over noise within a component.
double peak_snr(const Component& component, const Background& background, const Unrest& unrest);

// Whether a piece is a hole that something left in the background, not a thing before it: along its
// outline the frame then goes on smoothly and the background has an edge.
bool is_ghostly(const Component& component, const video::Image<float>& frame,
                const Background& background, const video::Image<std::uint8_t>& marks);

// Measures the detection that pieces make up together, in the frame's own pixels. The centroid is
// weighted with the differences; its covariance follows from the noise of the weights.
Detection measure(const std::vector<const Piece*>& pieces, const Background& background,
                  const Alignment& alignment);

}  // namespace marsad::detect
