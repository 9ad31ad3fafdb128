// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <span>

namespace marsad::terrain {

// How a raster band's numbers become heights in metres.
struct BandHeights {
  static constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

  float nodata = kVoid;  // this number says that there is no height; NaN: none does
  double scale = 1;
  double offset_m = 0;

  // Makes heights of numbers as they were read. What is no finite number is a void, a NaN.
  void make(std::span<float> read) const;
};

}  // namespace marsad::terrain
