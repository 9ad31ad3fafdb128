// SPDX-License-Identifier: Apache-2.0
#include "terrain/window.h"

#include <algorithm>
#include <cmath>

namespace marsad::terrain {

std::pair<int, int> enclosing(double from, double to, int count) {
  constexpr double kRounding = 1e-6;
  const double first = std::clamp(std::floor(from + kRounding), 0.0, count - 1.0);
  const double last = std::clamp(std::ceil(to - kRounding), 0.0, count - 1.0);
  return {static_cast<int>(first), static_cast<int>(last)};
}

}  // namespace marsad::terrain
