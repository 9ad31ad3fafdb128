// SPDX-License-Identifier: Apache-2.0
#include "detect/fit_points.h"

#include <algorithm>

namespace marsad::detect {

FitPoints fit_points(const video::Image<float>& picture, const Box& live, int edge_px, int count) {
  const int left = std::max(live.x, edge_px);
  const int top = std::max(live.y, edge_px);
  const int right = std::min(live.x + live.width, picture.width() - edge_px);
  const int bottom = std::min(live.y + live.height, picture.height() - edge_px);
  FitPoints points{steep_points(picture, {left, top, right - left, bottom - top}, count), {}};
  const Place middle = points.steep.middle;
  for (std::size_t i = 0; i < points.steep.size(); ++i) {
    const auto x = static_cast<int>(std::lround(middle.real() + points.steep.from_x[i]));
    const auto y = static_cast<int>(std::lround(middle.imag() + points.steep.from_y[i]));
    points.places.push_back(static_cast<std::uint32_t>(y * picture.width() + x));
  }
  return points;
}

}  // namespace marsad::detect
