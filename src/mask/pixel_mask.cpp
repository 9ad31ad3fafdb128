// SPDX-License-Identifier: Apache-2.0
#include "mask/pixel_mask.h"

#include <algorithm>
#include <cmath>

namespace marsad::mask {
namespace {

// Where the picture sways, the edge of what is overwritten may itself be taken for something.
constexpr double kEdge_px = 2;

// By counting the polygon's sides to the right [Shimrat1962].
bool is_in(const std::vector<sensor::Pixel>& polygon, sensor::Pixel at) {
  bool in = false;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const sensor::Pixel a = polygon[i], b = polygon[(i + 1) % polygon.size()];
    if ((a.v > at.v) == (b.v > at.v)) continue;
    if (at.u < a.u + (at.v - a.v) / (b.v - a.v) * (b.u - a.u)) in = !in;
  }
  return in;
}

}  // namespace

bool covers(const PixelMask& mask, sensor::Pixel pixel) {
  if (mask.empty()) return false;
  const double u = std::clamp(std::round(pixel.u), 0.0, mask.width() - 1.0);
  const double v = std::clamp(std::round(pixel.v), 0.0, mask.height() - 1.0);
  return mask.at(static_cast<int>(u), static_cast<int>(v)) != 0;
}

double share(const PixelMask& mask) {
  if (mask.empty()) return 0;
  const auto pixels = mask.pixels();
  const auto masked = std::count_if(pixels.begin(), pixels.end(), [](int p) { return p != 0; });
  return static_cast<double>(masked) / static_cast<double>(pixels.size());
}

PixelMask mask_of(int width_px, int height_px,
                  const std::vector<std::vector<sensor::Pixel>>& polygons) {
  PixelMask mask(width_px, height_px);
  for (const auto& polygon : polygons) {
    for (int y = 0; y < height_px; ++y) {
      for (int x = 0; x < width_px; ++x) {
        if (is_in(polygon, {double(x), double(y)})) mask.at(x, y) = 255;
      }
    }
  }
  return mask;
}

void drop_masked(const PixelMask& mask, std::vector<detect::Detection>& detections) {
  std::erase_if(detections, [&](const detect::Detection& detection) {
    return covers(mask, detection.centroid);
  });
}

namespace {

bool is_near(const PixelMask& mask, sensor::Pixel pixel, double distance_px) {
  for (const double du : {-distance_px, 0.0, distance_px}) {
    for (const double dv : {-distance_px, 0.0, distance_px}) {
      if (covers(mask, {pixel.u + du, pixel.v + dv})) return true;
    }
  }
  return false;
}

}  // namespace

void drop_hidden(const PixelMask& hidden, std::vector<detect::Detection>& detections) {
  std::erase_if(detections, [&](const detect::Detection& detection) {
    const sensor::Pixel foot{detection.centroid.u, detection.box.y + detection.box.height - 0.5};
    return is_near(hidden, detection.centroid, kEdge_px) || covers(hidden, foot);
  });
}

}  // namespace marsad::mask
