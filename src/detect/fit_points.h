// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "detect/steep_points.h"
#include "video/image.h"

namespace marsad::detect {

// Steep points for pictures that are shifted only, so that all points lie alike between pixels.
struct FitPoints {
  SteepPoints steep;
  std::vector<std::uint32_t> places;  // among the picture's pixels
};

// About `count` points of the part `live` of a picture, none within `edge_px` of its edge.
FitPoints fit_points(const video::Image<float>& picture, const Box& live, int edge_px, int count);

// What another picture of the same size shows at the points moved by a shift, which must leave them
// a pixel inside it. Counts, bilinear.
template <class T>
std::vector<float> seen_at(const FitPoints& points, const video::Image<T>& picture, double shift_x,
                           double shift_y) {
  std::vector<float> seen(points.places.size());
  const auto width = static_cast<std::ptrdiff_t>(picture.width());
  const double left = std::floor(shift_x);
  const double top = std::floor(shift_y);
  const auto fx = static_cast<float>(shift_x - left);
  const auto fy = static_cast<float>(shift_y - top);
  const std::ptrdiff_t moved =
      static_cast<std::ptrdiff_t>(top) * width + static_cast<std::ptrdiff_t>(left);
  const T* const pixels = picture.pixels().data();
  const auto at = [&](std::ptrdiff_t place) { return static_cast<float>(pixels[place]); };
  if (fx == 0 && fy == 0) {  // as in most frames of a firm mast
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = at(points.places[i] + moved);
    return seen;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const std::ptrdiff_t upper = points.places[i] + moved;
    const std::ptrdiff_t lower = upper + width;
    const float above = at(upper) + fx * (at(upper + 1) - at(upper));
    const float below = at(lower) + fx * (at(lower + 1) - at(lower));
    seen[i] = above + fy * (below - above);
  }
  return seen;
}

}  // namespace marsad::detect
