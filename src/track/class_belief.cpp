// SPDX-License-Identifier: Apache-2.0
#include "track/class_belief.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {
namespace {

constexpr std::size_t kNamed = sensor::kMoverClasses - 1;
static_assert(static_cast<std::size_t>(sensor::MoverClass::unknown) == kNamed);

// No plot rules a class out for good.
constexpr double kLeast = 1e-3;

}  // namespace

sensor::ClassProbabilities fuse_classes(const sensor::ClassProbabilities& believed,
                                        const sensor::ClassProbabilities& plot, double weight) {
  sensor::ClassProbabilities fused{};
  double sum = 0;
  for (std::size_t c = 0; c < kNamed; ++c) {
    // What is unknown is spread evenly over the classes.
    const double prior = believed[c] + believed[kNamed] / double(kNamed);
    const double likelihood = plot[c] + plot[kNamed] / double(kNamed);
    fused[c] = std::max(kLeast, prior * std::pow(std::max(kLeast, likelihood), weight));
    sum += fused[c];
  }
  const double unknown = believed[kNamed] * std::pow(plot[kNamed], weight);
  for (std::size_t c = 0; c < kNamed; ++c) fused[c] *= (1 - unknown) / sum;
  fused[kNamed] = unknown;
  return fused;
}

}  // namespace marsad::track
