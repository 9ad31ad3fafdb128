// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "video/image.h"

namespace marsad::detect {

// Pixels of a picture to one of its pyramid's first level: 4, or 2 where it is a small one.
int first_factor(int width, int height);

// A picture made smaller by means of blocks: by the first factor, then each time by two, as
// long as no side is shorter than 20 pixels. Columns and rows left over are left out.
// Defined for pictures of float and std::uint16_t.
template <class T>
std::vector<video::Image<float>> pyramid(const video::Image<T>& picture);

}  // namespace marsad::detect
