// SPDX-License-Identifier: Apache-2.0
#include "detect/median.h"

#include <algorithm>
#include <cstddef>

namespace marsad::detect {

float median(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace marsad::detect
