// SPDX-License-Identifier: Apache-2.0
#include "geo/geodetic.h"

#include <algorithm>
#include <cmath>

namespace marsad::geo {

double norm(Enu a) { return std::sqrt(dot(a, a)); }

Ellipse ellipse(CovEn cov) {
  const double mean = (cov.ee + cov.nn) / 2;
  const double radius = std::hypot((cov.nn - cov.ee) / 2, cov.en);
  // The major axis lies at half the angle of (nn - ee, 2 en), counted from north towards east.
  const double azimuth = std::atan2(2 * cov.en, cov.nn - cov.ee) / 2;
  return {std::sqrt(std::max(0.0, mean + radius)), std::sqrt(std::max(0.0, mean - radius)),
          azimuth};
}

}  // namespace marsad::geo
