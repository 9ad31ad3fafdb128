// SPDX-License-Identifier: Apache-2.0
#include "detect/pyramid.h"

#include <algorithm>
#include <span>
#include <type_traits>

namespace marsad::detect {
namespace {

constexpr int kShortest_px = 20;
constexpr int kSmall_px = 200;  // the shorter side of a picture that has no details to spare

// Adds the columns of `factor` rows, then `factor` columns each.
template <int Factor, class T>
video::Image<float> shrunk(const video::Image<T>& picture) {
  // Whole numbers are added as such: that is faster than turning each into a float.
  using Sum = std::conditional_t<std::is_floating_point_v<T>, float, std::uint32_t>;
  const int width = picture.width() / Factor;
  const int height = picture.height() / Factor;
  video::Image<float> small(width, height);
  std::vector<Sum> sums(static_cast<std::size_t>(picture.width()));
  for (int y = 0; y < height; ++y) {
    const T* const first = picture.row(Factor * y).data();
    const T* const second = picture.row(Factor * y + 1).data();
    const T* const last_but_one = picture.row(Factor * y + Factor - 2).data();
    const T* const last = picture.row(Factor * y + Factor - 1).data();
    for (std::size_t x = 0; x < sums.size(); ++x) {
      sums[x] = static_cast<Sum>(first[x]) + static_cast<Sum>(second[x]);
      if constexpr (Factor == 4)
        sums[x] += static_cast<Sum>(last_but_one[x]) + static_cast<Sum>(last[x]);
    }
    const std::span<float> out = small.row(y);
    for (std::size_t x = 0; x < out.size(); ++x) {
      Sum sum = 0;
      for (std::size_t i = 0; i < Factor; ++i) sum += sums[Factor * x + i];
      out[x] = static_cast<float>(sum) * (1.0F / (Factor * Factor));
    }
  }
  return small;
}

bool large_enough(int width, int height) { return std::min(width, height) >= kShortest_px; }

}  // namespace

int first_factor(int width, int height) { return std::min(width, height) < kSmall_px ? 2 : 4; }

template <class T>
std::vector<video::Image<float>> pyramid(const video::Image<T>& picture) {
  std::vector<video::Image<float>> levels;
  const int factor = first_factor(picture.width(), picture.height());
  if (!large_enough(picture.width() / factor, picture.height() / factor)) return levels;
  levels.push_back(factor == 2 ? shrunk<2>(picture) : shrunk<4>(picture));
  while (large_enough(levels.back().width() / 2, levels.back().height() / 2))
    levels.push_back(shrunk<2>(levels.back()));
  return levels;
}

template std::vector<video::Image<float>> pyramid(const video::Image<float>&);
template std::vector<video::Image<float>> pyramid(const video::Image<std::uint16_t>&);

}  // namespace marsad::detect
