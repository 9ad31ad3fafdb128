// SPDX-License-Identifier: Apache-2.0
#include "detect/unrest.h"

#include <algorithm>
#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kBlock_px = 64;
constexpr int kSample_px = 4;
constexpr float kMost = 5;
// What stirs differs more from pixel to pixel than noise does, so its tail reaches further than its
// median says.
constexpr float kTail = 1.3F;
// The median of the magnitude of normal noise over its standard deviation.
constexpr float kUsual = 0.6745F;

struct Between {
  int low;
  int high;
  float share;  // of the way from the lower to the higher
};

// Where a pixel lies between the middles of two blocks.
Between between(int position, int blocks) {
  const float place = (static_cast<float>(position) + 0.5F) / kBlock_px - 0.5F;
  const int low = std::clamp(static_cast<int>(std::floor(place)), 0, blocks - 1);
  const int high = std::min(low + 1, blocks - 1);
  return {low, high, std::clamp(place - static_cast<float>(low), 0.0F, 1.0F)};
}

int blocks_of(int pixels) { return (pixels + kBlock_px - 1) / kBlock_px; }

}  // namespace

Unrest::Unrest(const video::Image<float>& difference, const video::Image<float>& noise)
    : columns_(blocks_of(difference.width())), rows_(blocks_of(difference.height())) {
  for (int row = 0; row < rows_; ++row)
    for (int column = 0; column < columns_; ++column)
      blocks_.push_back(of_block(column, row, difference, noise));
}

float Unrest::of_block(int column, int row, const video::Image<float>& difference,
                       const video::Image<float>& noise) const {
  std::vector<float> ratios;
  const int right = std::min((column + 1) * kBlock_px, difference.width());
  const int bottom = std::min((row + 1) * kBlock_px, difference.height());
  for (int y = row * kBlock_px; y < bottom; y += kSample_px)
    for (int x = column * kBlock_px; x < right; x += kSample_px)
      ratios.push_back(std::abs(difference.at(x, y)) / noise.at(x, y));
  const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
  std::nth_element(ratios.begin(), middle, ratios.end());
  return std::clamp(std::pow(*middle / kUsual, kTail), 1.0F, kMost);
}

void Unrest::row(int y, std::span<float> factors) const {
  const Between down = between(y, rows_);
  const auto at_row = [&](int column) {
    const float upper = blocks_[static_cast<std::size_t>(down.low * columns_ + column)];
    const float lower = blocks_[static_cast<std::size_t>(down.high * columns_ + column)];
    return upper + down.share * (lower - upper);
  };
  // Straight lines from the middle of one block to that of the next.
  int x = 0;
  const int width = static_cast<int>(factors.size());
  for (int column = -1; column < columns_; ++column) {
    const float from = at_row(std::max(column, 0));
    const float to = at_row(std::min(column + 1, columns_ - 1));
    const float slope = (to - from) / kBlock_px;
    const int begin = column * kBlock_px + kBlock_px / 2;
    const int end = std::min(begin + kBlock_px, width);
    for (; x < end; ++x)
      factors[static_cast<std::size_t>(x)] = from + slope * (static_cast<float>(x - begin) + 0.5F);
  }
}

}  // namespace marsad::detect
