// SPDX-License-Identifier: Apache-2.0
#include "terrain/band_heights.h"

#include <cmath>

namespace marsad::terrain {

void BandHeights::make(std::span<float> read) const {
  for (float& height_m : read) {
    const bool is_height =
        height_m != nodata && std::abs(height_m) <= std::numeric_limits<float>::max();
    height_m = is_height ? height_m : kVoid;
  }
  if (scale == 1 && offset_m == 0) return;
  for (float& height_m : read) height_m = static_cast<float>(scale * double{height_m} + offset_m);
}

}  // namespace marsad::terrain
