// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <vector>

#include "locate/locator.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"

namespace marsad::test {

// A placed mover's range and kurtosis by its plot, and its normalised error squared.
struct PlacedError {
  double range_m = 0;
  double nees = 0;
  double kurtosis = 0;
};

struct ErrorTrial {
  std::vector<PlacedError> placed;
  std::size_t bearing_only = 0;
};

// Movers anywhere on the ground that a camera shows, up to so far; each is seen from a pose that is
// off by errors drawn as the camera's sigmas tell, with the elevation model's error and a pixel's.
// What the camera tells is `told`.
ErrorTrial error_trial(const sensor::Camera& told,
                       const std::shared_ptr<const terrain::Elevation>& ground,
                       const locate::LocatorSettings& settings, double farthest_m, int movers,
                       unsigned seed);

// The kurtosis up to which an error is nearly Gaussian: its normalised square scatters little more
// than χ².
inline constexpr double kNearlyGaussian = 1.5 * locate::kGaussianKurtosis;
inline constexpr double kAnyKurtosis = std::numeric_limits<double>::infinity();

// What the errors of a range band say. A Gaussian told truly has a mean of 2, and a share of 0.95
// below 5.99.
struct Consistency {
  std::size_t count = 0;
  double mean = 0;
  double low = 0;  // 95 % of means of so many true Gaussians lie between these
  double high = 0;
  double below_5_99 = 0;
  // The same by how the kurtosis told lets them scatter, which is more than a Gaussian's where some
  // ground may be far off behind a crest.
  double told_low = 0;
  double told_high = 0;

  bool is_within() const { return mean >= low && mean <= high; }
};

// Of plots placed so far off that say they have no larger kurtosis.
Consistency consistency(const std::vector<PlacedError>& errors, double nearest_m, double farthest_m,
                        double most_kurtosis = kAnyKurtosis);

}  // namespace marsad::test
