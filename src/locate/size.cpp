// SPDX-License-Identifier: Apache-2.0
#include "locate/size.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace marsad::locate {
namespace {

// Outer sizes as they appear from any side, metres: mean and one sigma of a class.
struct Size {
  double width_m;
  double width_sigma_m;
  double height_m;
  double height_sigma_m;
};
constexpr auto kUnknown = static_cast<std::size_t>(sensor::MoverClass::unknown);
constexpr auto kBird = static_cast<std::size_t>(sensor::MoverClass::bird);
constexpr std::size_t kGroundClasses = 3;  // person, vehicle, animal, as MoverClass counts
constexpr std::array<Size, kGroundClasses> kSizes = {
    Size{0.7, 0.25, 1.7, 0.2}, Size{3.3, 1.2, 1.9, 0.5}, Size{1.1, 0.4, 0.9, 0.3}};

// Optics and the detector's own smoothing widen every box by about this.
constexpr double kWidened_px = 3;
constexpr double kBoxSigma_px = 1;

// An aircraft, and what is none of these, may have any size up to this.
constexpr double kWidest_m = 12;
constexpr double kHighest_m = 6;

// A bird is small, but flies nearer than the ground behind it, where it would be larger: mean sizes
// there of an exponential distribution.
constexpr double kBirdWidth_m = 2;
constexpr double kBirdHeight_m = 1.2;

// No answer of the detector, however sure, rules out against its size what stands on the ground.
constexpr double kLeastBelief = 0.02;

// Most of what is seen before the ground stands on it. And to take what walks for what flies loses
// its place, the other way round only puts a bird on the map.
constexpr double kFlying = 0.05;

double density(double value, double mean, double sigma) {
  const double z = (value - mean) / sigma;
  return std::exp(-z * z / 2) / (sigma * std::sqrt(2 * std::numbers::pi));
}

double ground_likelihood(const Size& size, double width_m, double height_m, double box_sigma_m) {
  return density(width_m, size.width_m, std::hypot(size.width_sigma_m, box_sigma_m)) *
         density(height_m, size.height_m, std::hypot(size.height_sigma_m, box_sigma_m));
}

double bird_likelihood(double width_m, double height_m, double box_sigma_m) {
  const double width_mean_m = kBirdWidth_m + box_sigma_m;
  const double height_mean_m = kBirdHeight_m + box_sigma_m;
  return std::exp(-width_m / width_mean_m - height_m / height_mean_m) /
         (width_mean_m * height_mean_m);
}

}  // namespace

sensor::ClassProbabilities weigh_by_size(const sensor::ClassProbabilities& belief,
                                         const detect::Box& box, double pixel_m) {
  const double width_m = std::max(1.0, box.width - kWidened_px) * pixel_m;
  const double height_m = std::max(1.0, box.height - kWidened_px) * pixel_m;
  const double box_sigma_m = kBoxSigma_px * pixel_m;
  // What the detector did not know may be anything that stands on the ground, or still unknown.
  const double unknown = belief[kUnknown] / double(kGroundClasses + 1);
  constexpr double kAnySize = 1 / (kWidest_m * kHighest_m);
  sensor::ClassProbabilities weighed{};
  double sum = 0;
  for (std::size_t c = 0; c < sensor::kMoverClasses; ++c) {
    if (c < kGroundClasses) {
      weighed[c] = std::max(kLeastBelief, belief[c] + unknown) *
                   ground_likelihood(kSizes[c], width_m, height_m, box_sigma_m);
    } else if (c == kBird) {
      weighed[c] = kFlying * belief[c] * bird_likelihood(width_m, height_m, box_sigma_m);
    } else if (c == kUnknown) {
      weighed[c] = std::max(kLeastBelief, unknown) * kAnySize;
    } else {
      weighed[c] = kFlying * belief[c] * kAnySize;
    }
    sum += weighed[c];
  }
  for (double& probability : weighed) probability /= sum;
  return weighed;
}

}  // namespace marsad::locate
