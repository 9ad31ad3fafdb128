// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"

namespace marsad::geo {

// Squared Mahalanobis distance of a step east and north, metres, under a covariance that is not
// singular: of an error under its own, 2 in the mean.
inline double distance2(double east, double north, const CovEn& cov) {
  return (cov.nn * east * east - 2 * cov.en * east * north + cov.ee * north * north) /
         (cov.ee * cov.nn - cov.en * cov.en);
}

}  // namespace marsad::geo
