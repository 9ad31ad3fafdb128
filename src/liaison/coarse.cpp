// SPDX-License-Identifier: Apache-2.0
#include "liaison/coarse.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace marsad::liaison {
namespace {

constexpr double kEarthRadius_m = 6'371'008.8;  // mean
constexpr double kLeastCosine = 0.01;           // so that rows at the poles have cells at all

double middle(double angle_rad, double step_rad) {
  return (std::floor(angle_rad / step_rad) + 0.5) * step_rad;
}

}  // namespace

Cell coarse(geo::Geodetic place, double size_m) {
  CHECK(size_m > 0);
  const double row_rad = size_m / kEarthRadius_m;
  const double lat_rad = middle(place.lat_rad, row_rad);
  const double column_rad = row_rad / std::max(std::cos(lat_rad), kLeastCosine);
  return {{lat_rad, middle(place.lon_rad, column_rad), 0}, size_m};
}

}  // namespace marsad::liaison
