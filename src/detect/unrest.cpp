// SPDX-License-Identifier: Apache-2.0
#include "detect/unrest.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/kernels.h"

namespace marsad::detect {
namespace {

constexpr int kBlock_px = 64;
constexpr int kSample_rows = 8;
// What stirs differs more from pixel to pixel than noise does, so its tail reaches further than its
// median says.
constexpr float kTail = 1.3F;
// The median of the magnitude of normal noise over its standard deviation.
constexpr float kUsual = 0.6745F;
// Medians that are told apart, as times the usual one.
constexpr std::array<float, 8> kLevels = {1, 1.2F, 1.45F, 1.75F, 2.1F, 2.5F, 3, 3.5F};

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

// The sampled rows of one row of blocks.
struct Band {
  std::vector<std::vector<float>> sums;
  std::vector<std::span<const float>> noise;
};

Band band_of(int row, const Background& background) {
  const video::Image<float>& noise = background.noise();
  Band band;
  const int bottom = std::min((row + 1) * kBlock_px, noise.height());
  for (int y = row * kBlock_px; y < bottom; y += kSample_rows) {
    band.sums.emplace_back(static_cast<std::size_t>(noise.width() + 2));
    background.sum_columns(y, band.sums.back());
    band.noise.push_back(noise.row(y));
  }
  return band;
}

// The share of a block's pixels beyond a level.
float share_beyond(const Band& band, std::size_t x, std::size_t width, float level) {
  std::uint32_t beyond = 0;
  for (std::size_t i = 0; i < band.sums.size(); ++i)
    beyond += kernels::count_beyond(std::span(band.sums[i]).subspan(x, width + 2),
                                    band.noise[i].subspan(x, width), level * kUsual);
  return static_cast<float>(beyond) / static_cast<float>(band.sums.size() * width);
}

// The median of a block as times the usual one: the level that half of the pixels are beyond.
float median_of(const Band& band, std::size_t x, std::size_t width) {
  float before = share_beyond(band, x, width, kLevels[0]);
  for (std::size_t i = 1; i < kLevels.size() && before > 0.5F; ++i) {
    const float share = share_beyond(band, x, width, kLevels[i]);
    if (share <= 0.5F)
      return kLevels[i - 1] + (kLevels[i] - kLevels[i - 1]) * (before - 0.5F) / (before - share);
    before = share;
  }
  return before > 0.5F ? kLevels.back() : kLevels.front();
}

}  // namespace

Unrest::Unrest(const Background& background)
    : columns_(blocks_of(background.noise().width())),
      rows_(blocks_of(background.noise().height())) {
  for (int row = 0; row < rows_; ++row) {
    const Band band = band_of(row, background);
    for (int left = 0; left < background.noise().width(); left += kBlock_px) {
      const int width = std::min(kBlock_px, background.noise().width() - left);
      blocks_.push_back(std::pow(
          median_of(band, static_cast<std::size_t>(left), static_cast<std::size_t>(width)), kTail));
    }
  }
}

void Unrest::row(int y, std::span<float> factors) const {
  const Between down = between(y, rows_);
  const auto at_row = [&](int column) {
    const float upper = block(column, down.low);
    return upper + down.share * (block(column, down.high) - upper);
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

float Unrest::at(int x, int y) const {
  const Between across = between(x, columns_);
  const Between down = between(y, rows_);
  const auto at_row = [&](int row) {
    const float left = block(across.low, row);
    return left + across.share * (block(across.high, row) - left);
  };
  const float upper = at_row(down.low);
  return upper + down.share * (at_row(down.high) - upper);
}

}  // namespace marsad::detect
