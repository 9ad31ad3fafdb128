// SPDX-License-Identifier: Apache-2.0
#include "simulate/air.h"

#include <algorithm>
#include <cmath>

namespace marsad::simulate {
namespace {

constexpr double kHorizonBelowGround_counts = 90;
// A clear sky is far colder than the ground: half of it already some tenths of a degree above the
// horizon, where the air gets thin along the line of sight, the rest higher up.
constexpr double kLowSky_counts = 170;
constexpr double kLowSkySlope = 0.012;
constexpr double kHighSky_counts = 230;
constexpr double kHighSkySlope = 0.12;

}  // namespace

Air::Air(const Weather& weather)
    : extinction_per_m_(weather.extinction_per_km / 1000),
      horizon_counts_(weather.ground_counts - kHorizonBelowGround_counts) {}

double Air::transmission(double range_m) const { return std::exp(-extinction_per_m_ * range_m); }

double Air::seen(double counts, double range_m, double slope) const {
  const double endless = sky(slope);
  return endless + transmission(range_m) * (counts - endless);
}

double Air::sky(double slope) const {
  const double up = std::max(0.0, slope);
  return horizon_counts_ - kLowSky_counts * (1 - std::exp(-up / kLowSkySlope)) -
         kHighSky_counts * (1 - std::exp(-up / kHighSkySlope));
}

}  // namespace marsad::simulate
