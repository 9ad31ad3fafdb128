// SPDX-License-Identifier: Apache-2.0
#include "detect/fit_sums.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace marsad::detect {
namespace {

// Four sums side by side on every machine, so that they come out the same.
using Four = float __attribute__((vector_size(16)));

Four all(float value) { return Four{value, value, value, value}; }

Four load(std::span<const float> values, std::size_t i) {
  Four four;
  std::memcpy(&four, values.data() + i, sizeof four);
  return four;
}

float sum(Four lanes) { return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]); }

Four magnitude(Four lanes) { return lanes < all(0) ? -lanes : lanes; }

Four difference_at(const Fitted& fitted, std::size_t i) {
  return load(fitted.seen, i) - (all(fitted.gain) * load(fitted.value, i) + all(fitted.level));
}

Four weight_of(Four difference, float scale) {
  const Four ratio = difference * all(1 / scale);
  return all(1) / (all(1) + ratio * ratio);
}

}  // namespace

float mean_difference(const Fitted& fitted) {
  const std::size_t count = fitted.seen.size() / 4 * 4;
  Four total = all(0);
  for (std::size_t i = 0; i < count; i += 4) total += magnitude(difference_at(fitted, i));
  return count == 0 ? 0 : sum(total) / static_cast<float>(count);
}

GainSums gain_sums(const Fitted& fitted, float scale) {
  Four weights = all(0);
  Four values = all(0);
  Four squares = all(0);
  Four differences = all(0);
  Four products = all(0);
  for (std::size_t i = 0; i + 4 <= fitted.seen.size(); i += 4) {
    const Four difference = difference_at(fitted, i);
    const Four weight = weight_of(difference, scale);
    const Four value = load(fitted.value, i);
    weights += weight;
    values += weight * value;
    squares += weight * value * value;
    differences += weight * difference;
    products += weight * value * difference;
  }
  return {sum(weights), sum(values), sum(squares), sum(differences), sum(products)};
}

ShiftSums shift_sums(const Fitted& fitted, float scale, std::span<const float> slope_x,
                     std::span<const float> slope_y) {
  Four xs = all(0);
  Four ys = all(0);
  Four xxs = all(0);
  Four xys = all(0);
  Four yys = all(0);
  for (std::size_t i = 0; i + 4 <= fitted.seen.size(); i += 4) {
    const Four difference = difference_at(fitted, i);
    const Four weighted = weight_of(difference, scale) * difference;
    const Four x = weighted * load(slope_x, i);
    const Four y = weighted * load(slope_y, i);
    xs += x;
    ys += y;
    xxs += x * x;
    xys += x * y;
    yys += y * y;
  }
  return {sum(xs), sum(ys), sum(xxs), sum(xys), sum(yys)};
}

MotionSums motion_sums(const Fitted& fitted, float scale, std::span<const float> slope_x,
                       std::span<const float> slope_y) {
  std::array<Four, 10> normal{};
  std::array<Four, 4> right{};
  for (std::size_t i = 0; i + 4 <= fitted.seen.size(); i += 4) {
    const Four difference = difference_at(fitted, i);
    const Four weight = weight_of(difference, scale);
    const std::array<Four, 4> told = {load(slope_x, i), load(slope_y, i), load(fitted.value, i),
                                      all(1)};
    std::size_t entry = 0;
    for (std::size_t row = 0; row < told.size(); ++row) {
      const Four weighted = weight * told[row];
      right[row] += weighted * difference;
      for (std::size_t column = 0; column <= row; ++column)
        normal[entry++] += weighted * told[column];
    }
  }
  MotionSums sums;
  std::transform(normal.begin(), normal.end(), sums.normal.begin(), sum);
  std::transform(right.begin(), right.end(), sums.right.begin(), sum);
  return sums;
}

}  // namespace marsad::detect
