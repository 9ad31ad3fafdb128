// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "detect/detection.h"
#include "detect/similarity.h"
#include "video/image.h"

namespace marsad::detect {

// Where pictures are compared with a reference: its steepest pixel of each of many small cells,
// which tells the most of a shift. Arrays side by side, so that loops over them vectorise.
struct SteepPoints {
  Place middle;               // of the picture, px
  float radius_px = 1;        // from the middle to a corner
  float pivot = 0;            // the points' mean count
  Box live;                   // where pictures show something
  std::vector<float> from_x;  // from the middle, px
  std::vector<float> from_y;
  std::vector<float> value;    // counts over the pivot
  std::vector<float> slope_x;  // counts a pixel
  std::vector<float> slope_y;

  std::size_t size() const { return value.size(); }
};

// About `count` points of the part `live` of a picture, none within two pixels of its edge. `live`
// must lie inside the picture.
SteepPoints steep_points(const video::Image<float>& picture, const Box& live, int count);

}  // namespace marsad::detect
