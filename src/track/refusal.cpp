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

std::optional<Refusal> wrong_with_place(const locate::Plot& plot) {
  constexpr double kLeast_m4 = 1e-12;  // a millimetre each way
  if (!finite(*plot.place) || !finite(plot.cov_m2) || !finite(plot.bias_cov_m2)) {
    return Refusal::not_a_number;
  }
  if (!on_earth(*plot.place)) return Refusal::absurd_place;
  const geo::CovEn& cov = plot.cov_m2;
  if (!usable(cov) || cov.ee * cov.nn - cov.en * cov.en < kLeast_m4 || !usable(plot.bias_cov_m2)) {
    return Refusal::bad_covariance;
  }
  return std::nullopt;
}

std::optional<Refusal> wrong_with_bearing(const locate::Plot& plot) {
  constexpr double kLeast_rad = 1e-6;
  constexpr double kMost_rad = 0.5;  // beyond it tells next to nothing, and its strip is a wedge
  if (!plot.from) return Refusal::no_place;
  const double sigma = plot.bearing_sigma_rad, bias = plot.bearing_bias_sigma_rad;
  if (!finite(*plot.from) || !std::isfinite(plot.bearing_rad) || !std::isfinite(sigma) ||
      !std::isfinite(bias) || !std::isfinite(plot.elevation_rad)) {
    return Refusal::not_a_number;
  }
  if (!on_earth(*plot.from)) return Refusal::absurd_place;
  if (sigma < kLeast_rad || sigma > kMost_rad || bias < 0 || bias > sigma) {
    return Refusal::bad_covariance;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> wrong_with(const locate::Plot& plot) {
  const auto wrong = plot.place ? wrong_with_place(plot) : wrong_with_bearing(plot);
  if (wrong) return wrong;
  if (!std::all_of(plot.classes.begin(), plot.classes.end(),
                   [](double p) { return p >= 0 && p <= 1; })) {
    return Refusal::bad_class;
  }
  return std::nullopt;
}

bool in_reach_of_plane(double e_m, double n_m) {
  constexpr double kMostAway_m = 2e6;
  return std::hypot(e_m, n_m) <= kMostAway_m;
}

}  // namespace marsad::track
