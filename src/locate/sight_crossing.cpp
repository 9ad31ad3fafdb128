// SPDX-License-Identifier: Apache-2.0
#include "locate/sight_crossing.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

#include "geo/local_frame.h"

namespace marsad::locate {
namespace {

using Eigen::Matrix2d;
using Eigen::Matrix3d;
using Eigen::Vector2d;
using Eigen::Vector3d;
using Across = Eigen::Matrix<double, 2, 3>;

// Lines nearer than this to running abreast meet nowhere, in the numbers that a computer has.
constexpr double kAbreast = 1e-6;  // sine squared

// The error of a line of sight as it is weighed, by the range of the last round.
constexpr int kRounds = 3;
constexpr double kLeastRange_m = 1;

// A line of sight, in metres of one frame, and its two directions across.
struct Line {
  Vector3d from;
  Vector3d along;
  Across across;  // level to the right; up
  Vector2d fresh_rad;
  Vector2d bias_rad;

  double range_m(const Vector3d& place) const { return along.dot(place - from); }
  Matrix2d fresh_m2(double range_m) const {
    return (range_m * fresh_rad).array().square().matrix().asDiagonal();
  }
  // Its bias counts the sensor's place as if at kBearingRange_m: nearer, that must not shrink.
  Matrix2d bias_m2(double range_m) const {
    return (std::max(range_m, kBearingRange_m) * bias_rad).array().square().matrix().asDiagonal();
  }
};

double fresh_rad(double all_rad, double bias_rad) {
  return std::sqrt(std::max(0.0, all_rad * all_rad - bias_rad * bias_rad));
}

bool usable(const Plot& plot) {
  const auto sigma = [](double all_rad, double bias_rad) {
    return std::isfinite(all_rad) && all_rad > 0 && bias_rad >= 0 && bias_rad <= all_rad;
  };
  return plot.from && std::isfinite(plot.from->lat_rad) && std::isfinite(plot.from->lon_rad) &&
         std::isfinite(plot.from->height_m) && std::isfinite(plot.bearing_rad) &&
         std::isfinite(plot.elevation_rad) &&
         sigma(plot.bearing_sigma_rad, plot.bearing_bias_sigma_rad) &&
         sigma(plot.elevation_sigma_rad, plot.elevation_bias_sigma_rad);
}

Line line_of(const Plot& plot, const geo::LocalFrame& frame) {
  constexpr double kAhead_m = 1000;
  const geo::LocalFrame own(*plot.from);
  const geo::Enu from = frame.to_enu(*plot.from);
  const auto turned = [&](geo::Enu direction) {
    const geo::Enu there = frame.to_enu(own.to_geodetic(kAhead_m * direction)) - from;
    return Vector3d(Vector3d(there.east, there.north, there.up) / kAhead_m);
  };
  const double sine = std::sin(plot.bearing_rad), cosine = std::cos(plot.bearing_rad);
  const double up = std::sin(plot.elevation_rad), level = std::cos(plot.elevation_rad);
  Line line;
  line.from = {from.east, from.north, from.up};
  line.along = turned({sine * level, cosine * level, up});
  line.across.row(0) = turned({cosine, -sine, 0}).transpose();
  line.across.row(1) = turned({-sine * up, -cosine * up, level}).transpose();
  line.fresh_rad = {level * fresh_rad(plot.bearing_sigma_rad, plot.bearing_bias_sigma_rad),
                    fresh_rad(plot.elevation_sigma_rad, plot.elevation_bias_sigma_rad)};
  line.bias_rad = {level * plot.bearing_bias_sigma_rad, plot.elevation_bias_sigma_rad};
  return line;
}

// Midway between the points at which two lines are nearest to each other.
Vector3d midway(const Line& one, const Line& other, double sine2) {
  const Vector3d apart = other.from - one.from;
  const double cosine = one.along.dot(other.along);
  const double a = apart.dot(one.along), b = apart.dot(other.along);
  const Vector3d on_one = one.from + (a - cosine * b) / sine2 * one.along;
  const Vector3d on_other = other.from + (cosine * a - b) / sine2 * other.along;
  return (on_one + on_other) / 2;
}

geo::CovEn level(const Matrix3d& cov) { return {cov(0, 0), cov(0, 1), cov(1, 1)}; }

}  // namespace

std::optional<SightCrossing> cross(const Plot& first, const Plot& second, double apart_s,
                                   double top_speed_mps) {
  if (!usable(first) || !usable(second)) return std::nullopt;
  const geo::LocalFrame frame(*first.from);
  const std::array lines = {line_of(first, frame), line_of(second, frame)};
  const double sine2 = lines[0].along.cross(lines[1].along).squaredNorm();
  if (!(sine2 > kAbreast)) return std::nullopt;
  // Any velocity is as likely as another, and this is its way's variance.
  const double way_m = top_speed_mps * apart_s;
  const std::array<Matrix2d, 2> way_m2 = {Matrix2d::Zero(),
                                          Matrix2d::Identity() * (way_m * way_m / 3)};

  Vector3d place = midway(lines[0], lines[1], sine2);
  Matrix3d cov, fresh, bias;
  SightCrossing crossing;
  for (int round = 0; round < kRounds; ++round) {
    Matrix3d information = Matrix3d::Zero();
    Vector3d pull = Vector3d::Zero();
    std::array<Matrix2d, 2> fresh_m2, bias_m2, weight;
    for (std::size_t i = 0; i < 2; ++i) {
      const double range_m = lines[i].range_m(place);
      if (!(range_m > kLeastRange_m)) return std::nullopt;
      fresh_m2[i] = lines[i].fresh_m2(range_m);
      bias_m2[i] = lines[i].bias_m2(range_m) + way_m2[i];
      weight[i] = (fresh_m2[i] + bias_m2[i]).inverse();
      const Eigen::Matrix<double, 3, 2> weighed = lines[i].across.transpose() * weight[i];
      information += weighed * lines[i].across;
      pull += weighed * lines[i].across * lines[i].from;
    }
    cov = information.llt().solve(Matrix3d::Identity());
    place = cov * pull;
    fresh = bias = Matrix3d::Zero();
    crossing.misfit2 = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      const Eigen::Matrix<double, 3, 2> gain = cov * lines[i].across.transpose() * weight[i];
      fresh += gain * fresh_m2[i] * gain.transpose();
      bias += gain * bias_m2[i] * gain.transpose();
      const Vector2d off = lines[i].across * (place - lines[i].from);
      crossing.misfit2 += off.dot(weight[i] * off);
    }
  }
  if (!place.allFinite() || !cov.allFinite()) return std::nullopt;
  crossing.place = frame.to_geodetic({place[0], place[1], place[2]});
  crossing.cov_m2 = level(fresh);
  crossing.bias_cov_m2 = level(bias);
  crossing.up_sigma_m = std::sqrt(cov(2, 2));
  crossing.range_m = std::max(lines[0].range_m(place), lines[1].range_m(place));
  crossing.angle_rad = std::asin(std::min(1.0, std::sqrt(sine2)));
  return crossing;
}

}  // namespace marsad::locate
