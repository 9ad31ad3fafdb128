// SPDX-License-Identifier: Apache-2.0
#include "simulate/air.h"

#include <algorithm>
#include <cmath>

namespace marsad::simulate {
namespace {

constexpr double kHorizonBelowGround_counts = 130;
// A clear sky is far colder than the ground; it gets there within some degrees.
constexpr double kZenithBelowHorizon_counts = 1500;
constexpr double kSkyScale = 0.16;

}  // namespace

Air::Air(const Weather& weather)
    : extinction_per_m_(weather.extinction_per_km / 1000),
      horizon_counts_(weather.ground_counts - kHorizonBelowGround_counts) {}

double Air::transmission(double range_m) const { return std::exp(-extinction_per_m_ * range_m); }

double Air::seen(double counts, double range_m) const {
  return horizon_counts_ + transmission(range_m) * (counts - horizon_counts_);
}

double Air::sky(double slope) const {
  const double colder = 1 - std::exp(-std::max(0.0, slope) / kSkyScale);
  return horizon_counts_ - kZenithBelowHorizon_counts * colder;
}

}  // namespace marsad::simulate
