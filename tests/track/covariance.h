// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "track/motion.h"

namespace marsad::test {

// Whether the upper triangle of a 4 × 4 matrix is a covariance: finite, and none of its directions
// has less than no variance, but for rounding. By Cholesky's factors of its correlations.
inline bool is_covariance(const std::array<double, 10>& cov) {
  std::array<std::array<double, 4>, 4> a{};
  for (std::size_t at = 0; at < 10; ++at) {
    const auto [row, column] = track::kCell[at];
    if (!std::isfinite(cov[at])) return false;
    a[row][column] = a[column][row] = cov[at];
  }
  std::array<double, 4> sigma{};
  for (std::size_t i = 0; i < 4; ++i) {
    if (!(a[i][i] > 0)) return false;
    sigma[i] = std::sqrt(a[i][i]);
  }
  constexpr double kRounding = 1e-9;
  for (std::size_t j = 0; j < 4; ++j) {
    for (std::size_t i = j; i < 4; ++i) {
      double rest = a[i][j] / (sigma[i] * sigma[j]) + (i == j ? kRounding : 0.0);
      for (std::size_t k = 0; k < j; ++k) rest -= a[k][i] * a[k][j];
      if (i == j) {
        if (!(rest > 0)) return false;
        a[j][j] = std::sqrt(rest);
      } else {
        a[j][i] = rest / a[j][j];
      }
    }
  }
  return true;
}

inline bool is_covariance(const track::Kinematics& k) { return is_covariance(k.cov); }

}  // namespace marsad::test
