// SPDX-License-Identifier: Apache-2.0
#include "detect/rim.h"

#include <algorithm>

#include "detect/components.h"

namespace marsad::detect {
namespace {

constexpr int kWidest_px = 2;  // of a rim
constexpr float kFaint = 1;    // times the noise is what a row of the rim has at least, on average
constexpr int kAround_px = 8;
constexpr float kPlain = 1.5F;  // times the noise is the steepness of plain surroundings

// What of a box lies in the picture.
Box in_picture(const Box& box, const video::Image<float>& picture) {
  const int left = std::max(box.x, 0), top = std::max(box.y, 0);
  return {left, top, std::min(box.x + box.width, picture.width()) - left,
          std::min(box.y + box.height, picture.height()) - top};
}

template <class Visit>
void each_pixel(const Box& box, Visit visit) {
  for (int y = box.y; y < box.y + box.height; ++y)
    for (int x = box.x; x < box.x + box.width; ++x) visit(x, y);
}

bool is_plain_around(const Box& box, const Background& background) {
  const Box thing = grown(box, 1);
  float steepness = 0, noise = 0;
  each_pixel(in_picture(grown(box, kAround_px), background.mean()), [&](int x, int y) {
    if (x >= thing.x && x < thing.x + thing.width && y >= thing.y && y < thing.y + thing.height)
      return;
    steepness += background.steepness(x, y);
    noise += background.noise().at(x, y);
  });
  return steepness < kPlain * noise;
}

}  // namespace

Box with_rim(const Box& box, bool is_warmer, const Background& background) {
  if (!is_plain_around(box, background)) return box;
  const float sign = is_warmer ? 1.0F : -1.0F;
  const auto stands_out = [&](const Box& strip) {
    float contrast = 0, noise = 0;
    each_pixel(in_picture(strip, background.mean()), [&](int x, int y) {
      contrast += sign * background.difference(x, y);
      noise += background.noise().at(x, y);
    });
    return contrast > kFaint * noise;
  };
  Box wide = box;
  for (int i = 0; i < kWidest_px; ++i) {
    const Box b = wide;
    const Box left{b.x - 1, b.y, 1, b.height}, right{b.x + b.width, b.y, 1, b.height};
    const Box above{b.x, b.y - 1, b.width, 1}, below{b.x, b.y + b.height, b.width, 1};
    for (const Box& strip : {left, right, above, below})
      if (stands_out(strip)) wide = enclosing(wide, strip);
  }
  return wide;
}

}  // namespace marsad::detect
