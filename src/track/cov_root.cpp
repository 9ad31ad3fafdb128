// SPDX-License-Identifier: Apache-2.0
#include "track/cov_root.h"

#include <algorithm>

namespace marsad::track {

// Not in the header: g++ 12 takes the root for unrounded where it sees both this and how it is used
// (-O3), and the covariance is then of mixed numbers.
CovRoot CovRoot::of(const geo::CovEn& cov_m2) {
  const double e = std::sqrt(std::max(0.0, cov_m2.ee));
  const double ne = e > 0 ? cov_m2.en / e : 0;
  const double n = std::sqrt(std::max(0.0, cov_m2.nn - ne * ne));
  return {static_cast<float>(e), static_cast<float>(ne), static_cast<float>(n)};
}

}  // namespace marsad::track
