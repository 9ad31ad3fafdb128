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
constexpr std::size_t kGroundClasses = 3;  // person, vehicle, animal, as MoverClass counts
constexpr std::array<Size, kGroundClasses> kSizes = {
    Size{0.7, 0.25, 1.7, 0.2}, Size{3.3, 1.2, 1.9, 0.5}, Size{1.1, 0.4, 0.9, 0.3}};

// Optics and the detector's own smoothing widen every box by about this.
constexpr double kWidened_px = 3;
constexpr double kBoxSigma_px = 1;

// What is none of these may have any size up to this.
constexpr double kWidest_m = 12;
constexpr double kHighest_m = 6;

double density(double value, double mean, double sigma) {
  const double z = (value - mean) / sigma;
  return std::exp(-z * z / 2) / (sigma * std::sqrt(2 * std::numbers::pi));
}

}  // namespace

sensor::ClassProbabilities weigh_by_size(const sensor::ClassProbabilities& belief,
                                         const detect::Box& box, double pixel_m) {
  const double width_m = std::max(1.0, box.width - kWidened_px) * pixel_m;
  const double height_m = std::max(1.0, box.height - kWidened_px) * pixel_m;
  const double box_sigma_m = kBoxSigma_px * pixel_m;
  sensor::ClassProbabilities weighed = belief;
  double sum = 0;
  for (std::size_t c = 0; c < sensor::kMoverClasses; ++c) {
    double likelihood = 1 / (kWidest_m * kHighest_m);
    if (c < kGroundClasses) {
      const Size& size = kSizes[c];
      likelihood = density(width_m, size.width_m, std::hypot(size.width_sigma_m, box_sigma_m)) *
                   density(height_m, size.height_m, std::hypot(size.height_sigma_m, box_sigma_m));
    }
    // What the detector did not know may be any class.
    const double unknown = belief[sensor::kMoverClasses - 1] / double(sensor::kMoverClasses);
    weighed[c] = (belief[c] + unknown) * likelihood;
    sum += weighed[c];
  }
  for (double& probability : weighed) probability /= sum;
  return weighed;
}

}  // namespace marsad::locate
