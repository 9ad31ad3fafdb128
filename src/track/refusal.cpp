// SPDX-License-Identifier: Apache-2.0
#include "track/refusal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::track {
namespace {

// Whether a covariance is one, of a size that can be reckoned with. One that is all along a
// direction has a determinant of 0, but for rounding.
bool usable(const geo::CovEn& cov) {
  constexpr double kMost_m2 = 1e10;
  constexpr double kRounding = 1 + 1e-9;
  return cov.ee >= 0 && cov.nn >= 0 && cov.ee < kMost_m2 && cov.nn < kMost_m2 &&
         cov.en * cov.en <= kRounding * cov.ee * cov.nn;
}

bool finite(const geo::CovEn& cov) {
  return std::isfinite(cov.ee) && std::isfinite(cov.en) && std::isfinite(cov.nn);
}

bool finite(const geo::Geodetic& place) {
  return std::isfinite(place.lat_rad) && std::isfinite(place.lon_rad) &&
         std::isfinite(place.height_m);
}

bool on_earth(const geo::Geodetic& place) {
  constexpr double kMostHeight_m = 1e5;
  return std::abs(place.lat_rad) <= std::numbers::pi / 2 &&
         std::abs(place.lon_rad) <= 2 * std::numbers::pi &&
         std::abs(place.height_m) <= kMostHeight_m;
}

}  // namespace

std::optional<Refusal> wrong_with(const locate::Plot& plot) {
  constexpr double kLeast_m4 = 1e-12;  // a millimetre each way
  if (!plot.place) return Refusal::no_place;
  if (!finite(*plot.place) || !finite(plot.cov_m2) || !finite(plot.bias_cov_m2)) {
    return Refusal::not_a_number;
  }
  if (!on_earth(*plot.place)) return Refusal::absurd_place;
  const geo::CovEn& cov = plot.cov_m2;
  if (!usable(cov) || cov.ee * cov.nn - cov.en * cov.en < kLeast_m4 || !usable(plot.bias_cov_m2)) {
    return Refusal::bad_covariance;
  }
  if (!std::all_of(plot.classes.begin(), plot.classes.end(),
                   [](double p) { return p >= 0 && p <= 1; })) {
    return Refusal::bad_class;
  }
  return std::nullopt;
}

}  // namespace marsad::track
