// SPDX-License-Identifier: Apache-2.0
#include "locate/least_squares.h"

#include <Eigen/Dense>
#include <cmath>

#include "base/check.h"

namespace marsad::locate {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kMostRounds = 40;
constexpr int kMostDampings = 12;

std::span<const double> span_of(const VectorXd& x) {
  return {x.data(), static_cast<std::size_t>(x.size())};
}

class Solver {
 public:
  explicit Solver(const LeastSquares& problem)
      : problem_(problem),
        x_(Eigen::Map<const VectorXd>(problem.start.data(),
                                      static_cast<Index>(problem.start.size()))) {}

  std::optional<LeastSquaresFit> run() {
    VectorXd now = at(x_);
    double damping = 1e-6;
    for (int round = 0; round < kMostRounds; ++round) {
      const VectorXd weights = weights_of(now);
      const MatrixXd slopes = slopes_at(x_);
      const MatrixXd normal = slopes.transpose() * weights.asDiagonal() * slopes;
      const VectorXd pull = slopes.transpose() * weights.cwiseProduct(now);
      bool moved = false;
      double step_size = 0;
      for (int i = 0; i < kMostDampings && !moved; ++i, damping *= 8) {
        MatrixXd damped = normal;
        damped.diagonal() *= 1 + damping;
        const VectorXd step = -damped.ldlt().solve(pull);
        if (!step.allFinite()) return std::nullopt;
        const VectorXd there = at(x_ + step);
        moved = cost(there) <= cost(now);
        if (!moved) continue;
        step_size = step.cwiseQuotient(steps()).cwiseAbs().maxCoeff();
        x_ += step;
        now = there;
      }
      damping = std::max(1e-9, damping / 64);
      if (!moved || step_size < 1e-4) break;
    }
    return told(now);
  }

 private:
  VectorXd steps() const {
    return Eigen::Map<const VectorXd>(problem_.steps.data(),
                                      static_cast<Index>(problem_.steps.size()));
  }

  // The residuals there; none counts as 0, with weight 0.
  VectorXd at(const VectorXd& x) {
    const std::vector<double> values = problem_.residuals(span_of(x));
    VectorXd out(static_cast<Index>(values.size()));
    for (Index i = 0; i < out.size(); ++i) out[i] = values[static_cast<std::size_t>(i)];
    return out;
  }

  double weight(double residual, Index i) const {
    if (std::isnan(residual)) return 0;
    const double size = std::abs(residual);
    const bool is_sure = i >= static_cast<Index>(problem_.robust) || size <= problem_.sure;
    return is_sure ? 1 : problem_.sure / size;
  }

  VectorXd weights_of(VectorXd& residuals) const {
    VectorXd weights(residuals.size());
    for (Index i = 0; i < weights.size(); ++i) {
      weights[i] = weight(residuals[i], i);
      if (std::isnan(residuals[i])) residuals[i] = 0;
    }
    return weights;
  }

  double cost(const VectorXd& residuals) const {
    double sum = 0;
    for (Index i = 0; i < residuals.size(); ++i) {
      if (std::isnan(residuals[i])) continue;
      const double size = std::abs(residuals[i]), w = weight(residuals[i], i);
      sum += w == 1 ? size * size : problem_.sure * (2 * size - problem_.sure);
    }
    return sum;
  }

  MatrixXd slopes_at(const VectorXd& x) {
    MatrixXd slopes;
    for (Index i = 0; i < x.size(); ++i) {
      VectorXd ahead = x, behind = x;
      ahead[i] += steps()[i];
      behind[i] -= steps()[i];
      VectorXd slope = (at(ahead) - at(behind)) / (2 * steps()[i]);
      for (double& one : slope) {
        if (std::isnan(one)) one = 0;
      }
      if (i == 0) slopes.resize(slope.size(), x.size());
      slopes.col(i) = slope;
    }
    return slopes;
  }

  std::optional<LeastSquaresFit> told(VectorXd residuals) {
    const VectorXd raw = residuals;
    const VectorXd weights = weights_of(residuals);
    const MatrixXd slopes = slopes_at(x_);
    const MatrixXd normal = slopes.transpose() * weights.asDiagonal() * slopes;
    const Eigen::FullPivLU<MatrixXd> decomposed(normal);
    if (!decomposed.isInvertible()) return std::nullopt;
    const MatrixXd covariance = decomposed.inverse();
    const MatrixXd gain = -covariance * slopes.transpose() * weights.asDiagonal();
    LeastSquaresFit fit;
    fit.unknowns.assign(x_.begin(), x_.end());
    fit.residuals.assign(raw.begin(), raw.end());
    for (Index i = 0; i < covariance.rows(); ++i) {
      for (Index j = 0; j < covariance.cols(); ++j) fit.covariance.push_back(covariance(i, j));
    }
    for (Index i = 0; i < gain.rows(); ++i) {
      for (Index j = 0; j < gain.cols(); ++j) fit.gain.push_back(gain(i, j));
    }
    return fit;
  }

  const LeastSquares& problem_;
  VectorXd x_;
};

}  // namespace

std::vector<double> LeastSquaresFit::answer(std::span<const double> change) const {
  CHECK(change.size() * unknowns.size() == gain.size());
  std::vector<double> moved(unknowns.size(), 0);
  for (std::size_t i = 0; i < unknowns.size(); ++i) {
    for (std::size_t j = 0; j < change.size(); ++j) {
      if (!std::isnan(change[j])) moved[i] += gain[i * change.size() + j] * change[j];
    }
  }
  return moved;
}

std::optional<LeastSquaresFit> solve(const LeastSquares& problem) {
  CHECK(!problem.start.empty() && problem.start.size() == problem.steps.size());
  return Solver(problem).run();
}

}  // namespace marsad::locate
