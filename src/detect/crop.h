// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

inline constexpr int kCropSide = 32;
using Crop =
    std::array<float, static_cast<std::size_t>(kCropSide* kCropSide)>;  // rows from the top

// The square about a box as the network sees it: 1.4 times as wide as the box's longer side, but no
// less than 14 px, made 32 by 32. Beyond the frame its edge goes on. So were the crops cut that it
// learnt from.
Crop cut_crop(const video::Image<std::uint16_t>& counts, const Box& box);

// Takes the camera's gain and offset out: mean 0, deviation 1, limited to 6 deviations either way.
// What deviates by less than a count is not blown up.
void normalise(Crop& crop);

}  // namespace marsad::detect
