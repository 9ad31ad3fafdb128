// SPDX-License-Identifier: Apache-2.0
#include "track/cov_root.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/track/dice.h"

namespace marsad::track {
namespace {

// The variance along a direction.
double along(const geo::CovEn& c, double azimuth_rad) {
  const double e = std::sin(azimuth_rad), n = std::cos(azimuth_rad);
  return e * e * c.ee + 2 * e * n * c.en + n * n * c.nn;
}

// From a centimetre to a hundred kilometres, and up to ten thousand times as long as wide.
RC_GTEST_PROP(CovRoot, KeepsACovarianceAlongEachOfItsAxes, ()) {
  test::Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  const double azimuth_rad = dice.uniform(0, 3.2);
  const double wide_m = std::pow(10, dice.uniform(-2, 1));
  const double long_m = wide_m * std::pow(10, dice.uniform(0, 4));
  const double e = std::sin(azimuth_rad), n = std::cos(azimuth_rad);
  const double l2 = long_m * long_m, w2 = wide_m * wide_m;
  const geo::CovEn cov = {l2 * e * e + w2 * n * n, (l2 - w2) * e * n, l2 * n * n + w2 * e * e};
  const geo::CovEn kept = CovRoot::of(cov).cov_m2();
  RC_ASSERT(std::abs(along(kept, azimuth_rad) / l2 - 1) < 1e-6);
  RC_ASSERT(std::abs(along(kept, azimuth_rad + std::acos(0)) / w2 - 1) < 0.01);
  RC_ASSERT(kept.ee * kept.nn - kept.en * kept.en > 0);
  RC_ASSERT(std::abs(CovRoot::of(cov).sigma_n_m() / std::sqrt(cov.nn) - 1) < 1e-6);
}

TEST(CovRoot, KeepsWhatIsAllAlongOneDirectionOrNothing) {
  EXPECT_EQ(CovRoot::of({}).cov_m2(), geo::CovEn{});
  EXPECT_EQ(CovRoot::of({0, 0, 9}).cov_m2(), (geo::CovEn{0, 0, 9}));
  EXPECT_EQ(CovRoot::of({4, 6, 9}).cov_m2(), (geo::CovEn{4, 6, 9}));
}

}  // namespace
}  // namespace marsad::track
