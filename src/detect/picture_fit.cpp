// SPDX-License-Identifier: Apache-2.0
#include "detect/picture_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "detect/median.h"

namespace marsad::detect {
namespace {

constexpr int kParameters = 6;  // shift x and y, rotation and growth at the corner, gain, level
constexpr double kEnough_px = 0.005;
constexpr double kLeastInside = 0.25;
constexpr double kFurthestGain = 3;
constexpr double kMadToSigma = 1.4826;
// Cauchy's weights lose 5 % of what normal noise tells when their scale is so many sigmas.
constexpr double kCauchy = 2.385;
// A point is an outlier where its difference is more than noise and what its slope makes of a shift
// by so much. By noise alone, the steep points of a picture that is mostly flat would all be
// outliers until they lie right. The last step tells how far off they may lie.
constexpr double kLeastOff_px = 0.1;
constexpr double kMostOff_px = 1;
// A gain of 1 is expected as firmly as a picture with a contrast of so many times the residuals can
// tell it. The reference's own noise looks like contrast that the picture has lost; without this a
// picture that shows nothing would have no gain at all.
constexpr double kToldContrast = 1.6;
constexpr double kInlier = 3;

// Four numbers that are reckoned with at once; the order of additions is the same everywhere.
using Four = float __attribute__((vector_size(16)));

Four four(const float* values) {
  Four loaded;
  std::memcpy(&loaded, values, sizeof loaded);
  return loaded;
}

// What the picture shows at the points less what is expected; `inside` is 0 at points outside.
struct Differences {
  std::vector<float> difference;
  std::vector<float> inside;
  std::size_t count_inside = 0;
  float scale = 0;  // one standard deviation, by the median
};

// Places of points in the picture.
struct Placing {
  float cos, sin, x, y;

  Placing(const SteepPoints& points, const Similarity& s)
      : cos(static_cast<float>(s.scale * std::cos(s.rotation_rad))),
        sin(static_cast<float>(s.scale * std::sin(s.rotation_rad))),
        x(static_cast<float>(points.middle.real() + s.shift_x_px)),
        y(static_cast<float>(points.middle.imag() + s.shift_y_px)) {}
  float x_of(const SteepPoints& p, std::size_t i) const {
    return cos * p.from_x[i] - sin * p.from_y[i] + x;
  }
  float y_of(const SteepPoints& p, std::size_t i) const {
    return sin * p.from_x[i] + cos * p.from_y[i] + y;
  }
};

template <class T>
float sample(const video::Image<T>& picture, const T* pixels, float x, float y) {
  const int left = static_cast<int>(x);
  const int top = static_cast<int>(y);
  const float fx = x - static_cast<float>(left);
  const float fy = y - static_cast<float>(top);
  const T* const upper = pixels + static_cast<std::ptrdiff_t>(top) * picture.width() + left;
  const T* const lower = upper + picture.width();
  const auto a = static_cast<float>(upper[0]);
  const auto b = static_cast<float>(lower[0]);
  const float above = a + fx * (static_cast<float>(upper[1]) - a);
  const float below = b + fx * (static_cast<float>(lower[1]) - b);
  return above + fy * (below - above);
}

// Of every third point: the scale need not be exact, and the median of all would take as long as
// the rest of a step.
float median_magnitude(const Differences& d) {
  std::vector<float> magnitudes;
  magnitudes.reserve(d.difference.size() / 3 + 1);
  for (std::size_t i = 0; i < d.difference.size(); i += 3)
    if (d.inside[i] > 0) magnitudes.push_back(std::abs(d.difference[i]));
  return median(magnitudes);
}

template <class T>
Differences differences(const SteepPoints& points, const video::Image<T>& picture, const Fit& fit) {
  const std::size_t n = points.size();
  Differences d{std::vector<float>(n), std::vector<float>(n), 0, 0};
  const Placing placing(points, fit.similarity);
  const auto gain = static_cast<float>(fit.gain);
  const auto level = static_cast<float>(fit.level);
  const auto left = static_cast<float>(points.live.x);
  const auto top = static_cast<float>(points.live.y);
  const auto right = static_cast<float>(points.live.x + points.live.width - 1);
  const auto bottom = static_cast<float>(points.live.y + points.live.height - 1);
  const T* const pixels = picture.pixels().data();
  for (std::size_t i = 0; i < n; ++i) {
    const float x = placing.x_of(points, i);
    const float y = placing.y_of(points, i);
    const bool is_inside = x >= left && y >= top && x < right && y < bottom;
    if (!is_inside) continue;
    d.inside[i] = 1;
    d.difference[i] = sample(picture, pixels, x, y) - (gain * points.value[i] + level);
    ++d.count_inside;
  }
  // A thousandth of a count keeps a picture that agrees to the bit from dividing by nothing.
  d.scale = static_cast<float>(kMadToSigma) * median_magnitude(d) + 1e-3F;
  return d;
}

// The sums of a weighted least squares step.
struct Normal {
  Eigen::Matrix<double, kParameters, kParameters> matrix;
  Eigen::Matrix<double, kParameters, 1> right;
};

double total(const Four& lanes) {
  return static_cast<double>(lanes[0]) + lanes[1] + lanes[2] + lanes[3];
}

Normal normal_of(const SteepPoints& points, const Differences& d, float gain, double off_px) {
  constexpr int kSums = kParameters * (kParameters + 1) / 2 + kParameters;
  std::array<Four, kSums> sums{};
  const auto cauchy = static_cast<float>(kCauchy * kCauchy);
  const float noise = cauchy * d.scale * d.scale;
  const auto motion = static_cast<float>(off_px * off_px) * cauchy;
  const float far = 1 / points.radius_px;
  const Four one{1, 1, 1, 1};
  // The last points, fewer than four, are left out.
  for (std::size_t i = 0; i + 4 <= points.size(); i += 4) {
    const Four difference = four(&d.difference[i]);
    const Four u = four(&points.from_x[i]) * far;
    const Four v = four(&points.from_y[i]) * far;
    const Four gx = four(&points.slope_x[i]) * gain;
    const Four gy = four(&points.slope_y[i]) * gain;
    const Four usual = noise + motion * (gx * gx + gy * gy);
    const Four weight = four(&d.inside[i]) * usual / (usual + difference * difference);
    const std::array<Four, kParameters + 1> columns{
        gx, gy, u * gy - v * gx, u * gx + v * gy, four(&points.value[i]), one, difference};
    int sum = 0;
    for (int a = 0; a < kParameters; ++a) {
      const Four weighted = weight * columns[static_cast<std::size_t>(a)];
      for (int b = a; b <= kParameters; ++b)
        sums[static_cast<std::size_t>(sum++)] += weighted * columns[static_cast<std::size_t>(b)];
    }
  }
  Normal normal;
  int sum = 0;
  for (int a = 0; a < kParameters; ++a) {
    for (int b = a; b < kParameters; ++b)
      normal.matrix(a, b) = normal.matrix(b, a) = total(sums[static_cast<std::size_t>(sum++)]);
    normal.right(a) = total(sums[static_cast<std::size_t>(sum++)]);
  }
  return normal;
}

double weight_of(const SteepPoints& points, const Differences& d, std::size_t i) {
  const double slope = std::hypot(points.slope_x[i], points.slope_y[i]);
  const double usual =
      kCauchy * kCauchy *
      (static_cast<double>(d.scale) * d.scale + kLeastOff_px * kLeastOff_px * slope * slope);
  const double difference = d.difference[i];
  return usual / (usual + difference * difference);
}

// What is known beforehand: that a gain is near 1, and as much of each motion as a single point of
// one count a pixel tells, so that an even picture has a solution.
void add_known(double variance, double gain, Normal& normal) {
  const double firmness = kToldContrast * kToldContrast * variance * normal.matrix(5, 5);
  normal.matrix(4, 4) += firmness;
  normal.right(4) += firmness * (1 - gain);
  normal.matrix(5, 5) += 1e-9;
  for (int i = 0; i < 4; ++i) normal.matrix(i, i) += variance;
}

}  // namespace

template <class T>
Fit first_fit(const SteepPoints& points, const video::Image<T>& picture,
              const Similarity& similarity) {
  Fit fit{similarity, 1, 0};
  const Differences d = differences(points, picture, fit);
  std::vector<float> inside;
  inside.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (d.inside[i] > 0) inside.push_back(d.difference[i]);
  fit.level = median(inside);
  return fit;
}

template <class T>
bool improve(const SteepPoints& points, const video::Image<T>& picture, int steps, Fit& fit) {
  const auto least = kLeastInside * static_cast<double>(points.size());
  for (int i = 0; i < steps; ++i) {
    const Differences d = differences(points, picture, fit);
    if (static_cast<double>(d.count_inside) < least || d.count_inside == 0) return false;
    Normal normal = normal_of(points, d, static_cast<float>(fit.gain),
                              std::clamp(fit.step_px, kLeastOff_px, kMostOff_px));
    add_known(static_cast<double>(d.scale) * d.scale, fit.gain, normal);
    const Eigen::Matrix<double, kParameters, 1> step = normal.matrix.ldlt().solve(normal.right);
    if (!step.allFinite()) return false;
    fit.gain = std::clamp(fit.gain + step(4), 1 / kFurthestGain, kFurthestGain);
    fit.level += step(5);
    const double radius = points.radius_px;
    const Similarity moved{step(0), step(1), step(2) / radius, std::exp(step(3) / radius)};
    fit.similarity = compose(fit.similarity, inverse(moved));
    fit.step_px = step.head<2>().norm() + step.segment<2>(2).norm();
    if (fit.step_px < kEnough_px) break;
  }
  return true;
}

template <class T>
Agreement agreement(const SteepPoints& points, const video::Image<T>& picture, const Fit& fit) {
  const Differences d = differences(points, picture, fit);
  const Placing placing(points, fit.similarity);
  // The picture's slopes, turned to the reference's axes.
  const auto cos = static_cast<float>(std::cos(fit.similarity.rotation_rad));
  const auto sin = static_cast<float>(std::sin(fit.similarity.rotation_rad));
  std::vector<Eigen::Vector2d> slopes(points.size(), Eigen::Vector2d::Zero());
  std::vector<double> weights(points.size(), 0.0);
  Eigen::Matrix2d told = Eigen::Matrix2d::Zero();
  // Roots of the slopes' products, so that a few steep edges don't speak for all.
  double alike = 0;
  double at_most = 1e-9;
  std::size_t inliers = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (d.inside[i] == 0) continue;
    const int x =
        std::clamp(static_cast<int>(std::round(placing.x_of(points, i))), 1, picture.width() - 2);
    const int y =
        std::clamp(static_cast<int>(std::round(placing.y_of(points, i))), 1, picture.height() - 2);
    const float right = 0.5F * (static_cast<float>(picture.at(x + 1, y)) -
                                static_cast<float>(picture.at(x - 1, y)));
    const float down = 0.5F * (static_cast<float>(picture.at(x, y + 1)) -
                               static_cast<float>(picture.at(x, y - 1)));
    slopes[i] = {cos * right + sin * down, cos * down - sin * right};
    const double difference = d.difference[i];
    weights[i] = weight_of(points, d, i);
    if (std::abs(difference) < kInlier * d.scale) ++inliers;
    const Eigen::Vector2d slope(points.slope_x[i], points.slope_y[i]);
    const Eigen::Matrix2d product = weights[i] * slope * slopes[i].transpose();
    told += 0.5 * (product + product.transpose());
    const double steep = std::sqrt(slope.norm() * slopes[i].norm()) + 1e-9;
    alike += weights[i] * slope.dot(slopes[i]) / steep;
    at_most += weights[i] * steep;
  }

  Agreement agreement;
  agreement.correlation = alike / at_most;
  agreement.inlier_share =
      static_cast<double>(inliers) / static_cast<double>(std::max<std::size_t>(points.size(), 1));
  agreement.residual = d.scale;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> axes(told);
  const Eigen::Vector2d least = axes.eigenvectors().col(0);
  double sum = 0;
  double squares = 1e-9;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double along = weights[i] * least.dot(slopes[i]) *
                         (least.x() * points.slope_x[i] + least.y() * points.slope_y[i]);
    sum += std::copysign(std::sqrt(std::abs(along)), along);
    squares += std::abs(along);
  }
  agreement.certainty = sum / std::sqrt(squares);
  if (axes.eigenvalues()(0) > 0) {
    const double variance = static_cast<double>(d.scale) * d.scale;
    const Eigen::Matrix2d cov = variance / fit.gain * told.inverse();
    agreement.cov_px2 = {cov(0, 0), cov(0, 1), cov(1, 1)};
  }
  return agreement;
}

template Fit first_fit(const SteepPoints&, const video::Image<float>&, const Similarity&);
template Fit first_fit(const SteepPoints&, const video::Image<std::uint16_t>&, const Similarity&);
template bool improve(const SteepPoints&, const video::Image<float>&, int, Fit&);
template bool improve(const SteepPoints&, const video::Image<std::uint16_t>&, int, Fit&);
template Agreement agreement(const SteepPoints&, const video::Image<float>&, const Fit&);
template Agreement agreement(const SteepPoints&, const video::Image<std::uint16_t>&, const Fit&);

}  // namespace marsad::detect
