// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace marsad::locate {

// Few unknowns that many residuals depend on. Each residual is in sigmas of its own error, NaN
// where there is none, and there are always equally many of them.
struct LeastSquares {
  std::function<std::vector<double>(std::span<const double>)> residuals;
  std::vector<double> start;
  std::vector<double> steps;  // how far to move each unknown for its derivative
  // The first `robust` residuals count less the further they are beyond `sure` sigmas
  // [Huber1964]; those after them, which hold the unknowns near what is known of them, count fully.
  std::size_t robust = 0;
  double sure = 1.345;
};

struct LeastSquaresFit {
  std::vector<double> unknowns;
  std::vector<double> residuals;
  std::vector<double> covariance;  // row by row
  // How the unknowns answer a change of each residual by one: unknowns × residuals, row by row.
  std::vector<double> gain;

  // What all unknowns move when every residual moves by this much.
  std::vector<double> answer(std::span<const double> change) const;
};

// Gauss-Newton steps, damped where one does not lead down [Marquardt1963], reweighted each time.
// None where the residuals don't tell the unknowns at all.
std::optional<LeastSquaresFit> solve(const LeastSquares& problem);

}  // namespace marsad::locate
