// SPDX-License-Identifier: Apache-2.0
#include "sensor/mover_class.h"

#include <algorithm>

namespace marsad::sensor {
namespace {

constexpr double kSure = 0.5;

}  // namespace

std::optional<MoverClass> mover_class(std::string_view name) {
  const auto found = std::find(kMoverClassNames.begin(), kMoverClassNames.end(), name);
  if (found == kMoverClassNames.end()) return std::nullopt;
  return static_cast<MoverClass>(found - kMoverClassNames.begin());
}

MoverClass likeliest(const ClassProbabilities& probabilities) {
  const auto best = std::max_element(probabilities.begin(), probabilities.end());
  if (*best < kSure) return MoverClass::unknown;
  return static_cast<MoverClass>(best - probabilities.begin());
}

}  // namespace marsad::sensor
