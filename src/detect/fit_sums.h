// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>

namespace marsad::detect {

// What a picture shows at some points, and what is expected there: gain * value + level. Points are
// taken in fours; up to three that are left over don't count.
struct Fitted {
  std::span<const float> seen;
  std::span<const float> value;
  float gain = 1;
  float level = 0;
};

// The mean magnitude of the differences of what is seen from what is expected.
float mean_difference(const Fitted& fitted);

// Sums for a robust fit of gain and level: each point weighs 1 / (1 + (difference / scale)²).
struct GainSums {
  float weight = 0;
  float value = 0;
  float squared_value = 0;
  float difference = 0;
  float value_difference = 0;
};
GainSums gain_sums(const Fitted& fitted, float scale);

// Sums of weighted differences times slopes, and of their squares.
struct ShiftSums {
  float x = 0;
  float y = 0;
  float xx = 0;
  float xy = 0;
  float yy = 0;
};
ShiftSums shift_sums(const Fitted& fitted, float scale, std::span<const float> slope_x,
                     std::span<const float> slope_y);

// Sums for a robust fit of shift, gain and level at once: the lower part of the weighted normal
// matrix of (slope x, slope y, value, 1), and its products with the differences.
struct MotionSums {
  std::array<float, 10> normal{};  // row by row
  std::array<float, 4> right{};
};
MotionSums motion_sums(const Fitted& fitted, float scale, std::span<const float> slope_x,
                       std::span<const float> slope_y);

}  // namespace marsad::detect
