// SPDX-License-Identifier: Apache-2.0
#include "track/sightline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::track {
namespace {

// How far off the line the place is, and the variance of that.
struct Innovation {
  double off_m;
  double variance_m2;

  double distance2() const { return off_m * off_m / variance_m2; }
  double density() const {
    return std::exp(-0.5 * distance2()) / std::sqrt(2 * std::numbers::pi * variance_m2);
  }
};

Innovation innovation(const Kinematics& k, const Sightline& seen) {
  const double e = seen.across_e, n = seen.across_n;
  return {e * (seen.e_m - k.mean[0]) + n * (seen.n_m - k.mean[1]),
          seen.variance_m2 + e * e * k.cov[0] + 2 * e * n * k.cov[1] + n * n * k.cov[4]};
}

// A Kalman update in Joseph's form [BarShalom01 §5.2], which leaves a covariance whatever the
// rounding.
void update(Kinematics& k, const Innovation& v, const Sightline& seen) {
  using Four = std::array<double, 4>;
  const Four h = {seen.across_e, seen.across_n, 0, 0};
  std::array<Four, 4> p{};
  for (std::size_t at = 0; at < 10; ++at) {
    const auto [row, column] = kCell[at];
    p[row][column] = p[column][row] = k.cov[at];
  }
  Four gain{};
  for (std::size_t i = 0; i < 4; ++i) {
    gain[i] = (p[i][0] * h[0] + p[i][1] * h[1]) / v.variance_m2;
    k.mean[i] += gain[i] * v.off_m;
  }
  std::array<Four, 4> left{};  // (I - gain h) p
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      left[i][j] = p[i][j] - gain[i] * (h[0] * p[0][j] + h[1] * p[1][j]);
    }
  }
  for (std::size_t at = 0; at < 10; ++at) {
    const auto [i, j] = kCell[at];
    k.cov[at] = left[i][j] - (left[i][0] * h[0] + left[i][1] * h[1]) * gain[j] +
                gain[i] * seen.variance_m2 * gain[j];
  }
}

}  // namespace

LineFit fit(const Motion& motion, const Sightline& seen) {
  LineFit best;
  for (std::size_t m = 0; m < kModes; ++m) {
    const Innovation v = innovation(motion.mode[m], seen);
    best.density_pm += motion.probability[m] * v.density();
    best.distance2 = m == 0 ? v.distance2() : std::min(best.distance2, v.distance2());
  }
  return best;
}

void update(Motion& motion, const Sightline& seen) {
  for (std::size_t m = 0; m < kModes; ++m) {
    const Innovation v = innovation(motion.mode[m], seen);
    motion.probability[m] *= v.density();
    update(motion.mode[m], v, seen);
  }
  weigh_anew(motion);
}

}  // namespace marsad::track
