// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

// What is measured of one picture as a whole, to see how the camera does. Counts.
struct PictureFigures {
  int lowest = 0;
  int highest = 0;
  double hot_share = 0;      // of the pixels, at the picture's upper end: clipped where it is large
  double noise = 0;          // 1 sigma, by the second differences along the rows
  double fine_contrast = 0;  // mean square of differences between neighbours, without the noise's
  double broad_contrast = 0;  // the same between pixels an eighth of the picture apart
};

// Measures the part `live` of a picture on up to about 128 of its rows. `live` is at least
// 16 wide and high.
PictureFigures figures_of(const video::Image<std::uint16_t>& picture, const Box& live);

}  // namespace marsad::detect
