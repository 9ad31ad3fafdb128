// SPDX-License-Identifier: Apache-2.0
#include "detect/stillness.h"

namespace marsad::detect {
namespace {

constexpr std::size_t kPixels = 2000;

}  // namespace

double Stillness::take(const video::Image<std::uint16_t>& picture, double elapsed_s) {
  const auto pixels = picture.pixels();
  const std::size_t stride = (pixels.size() / kPixels) | 1U;  // odd: not always the same columns
  const std::size_t count = (pixels.size() + stride - 1) / stride;
  bool same = seen_.size() == count;
  seen_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t pixel = pixels[i * stride];
    same = same && seen_[i] == pixel;
    seen_[i] = pixel;
  }
  still_s_ = same ? still_s_ + elapsed_s : 0;
  return still_s_;
}

}  // namespace marsad::detect
