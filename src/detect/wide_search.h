// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/detection.h"
#include "detect/similarity.h"
#include "video/image.h"

namespace marsad::detect {

// A picture's small structure, made ready for being compared at many shifts: what a pixel has over
// its surroundings, limited so that hot things count no more than others. Zero outside the part
// `live`, borders of which must not be compared.
video::Image<float> small_structure(const video::Image<float>& picture, const Box& live);

// Where a picture may lie over a reference, the likeliest first, at most `count`: compares their
// small structures at all whole shifts of up to a quarter of the picture around the guess, turned
// by -4, 0 and 4 degrees against it. Pixels are those of the two pictures, which are meant to be
// small ones (a few thousand pixels).
std::vector<Similarity> wide_search(const video::Image<float>& reference,
                                    const video::Image<float>& picture, const Similarity& guess,
                                    int count);

}  // namespace marsad::detect
