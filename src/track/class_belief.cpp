// SPDX-License-Identifier: Apache-2.0
#include "track/class_belief.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {
namespace {

constexpr auto kUnknown = static_cast<std::size_t>(sensor::MoverClass::unknown);

// No plot rules a class out for good.
constexpr double kLeast = 1e-2;

// The mean is over about so many looks, so that it turns when the answers do.
constexpr double kRemembered_looks = 12;

}  // namespace

void ClassBelief::add(const sensor::ClassProbabilities& plot, double weight) {
  const bool tells = plot[kUnknown] < 1 - 1e-9;
  if (!tells || weight <= 0) return;
  const double looks = std::min(double(looks_) + weight, kRemembered_looks);
  const double share = weight / looks;
  for (std::size_t c = 0; c < sensor::kMoverClasses; ++c) {
    const double mean_log = mean_log_[c];
    mean_log_[c] =
        static_cast<float>(mean_log + share * (std::log(std::max(kLeast, plot[c])) - mean_log));
  }
  looks_ = static_cast<float>(looks);
}

sensor::ClassProbabilities ClassBelief::probabilities() const {
  if (looks_ <= 0) return sensor::kUnknownClass;
  sensor::ClassProbabilities belief{};
  double sum = 0;
  for (std::size_t c = 0; c < sensor::kMoverClasses; ++c) {
    belief[c] = std::exp(double(mean_log_[c]));
    sum += belief[c];
  }
  for (double& probability : belief) probability /= sum;
  return belief;
}

}  // namespace marsad::track
