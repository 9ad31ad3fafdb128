// SPDX-License-Identifier: Apache-2.0
#include "locate/pointing.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::locate {
namespace {

// A difference over its covariance, squared, that three Gaussians exceed once in a thousand times.
constexpr double kChance = 16.27;

double sigma_of(const CovPointing& cov, std::size_t i) { return std::sqrt(cov[i][i]); }

}  // namespace

double PointingFit::azimuth_sigma_rad() const { return sigma_of(cov_rad2, 0); }
double PointingFit::elevation_sigma_rad() const { return sigma_of(cov_rad2, 1); }
double PointingFit::roll_sigma_rad() const { return sigma_of(cov_rad2, 2); }

AimCheck compare(const sensor::Camera& told, const PointingFit& found) {
  const auto turn = [](double by) { return std::remainder(by, 2 * std::numbers::pi); };
  AimCheck check;
  check.azimuth_rad = turn(found.pose.azimuth_rad - told.pose.azimuth_rad);
  check.elevation_rad = found.pose.elevation_rad - told.pose.elevation_rad;
  check.roll_rad = turn(found.pose.roll_rad - told.pose.roll_rad);
  const Eigen::Vector3d off(check.azimuth_rad, check.elevation_rad, check.roll_rad);
  Eigen::Matrix3d cov;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) {
      cov(i, j) = found.cov_rad2[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  cov.diagonal() +=
      Eigen::Vector3d(told.sigma.azimuth_rad, told.sigma.elevation_rad, told.sigma.roll_rad)
          .cwiseAbs2();
  // Sigmas of 0 would say that nothing is ever as told.
  constexpr double kLeast_rad = 1e-6;
  cov.diagonal().array() += kLeast_rad * kLeast_rad;
  check.distance2 = off.dot(cov.ldlt().solve(off));
  check.aim = check.distance2 > kChance ? Aim::moved : Aim::fits;

  const geo::Enu was = sensor::enu_from_camera(told.pose, {});
  const geo::Enu is = sensor::enu_from_camera(found.pose, {});
  check.turned_rad = 2 * std::asin(std::min(1.0, norm(is - was) / 2));
  Eigen::Vector2d way(check.azimuth_rad * std::cos(told.pose.elevation_rad), check.elevation_rad);
  way = way.norm() > 0 ? way.normalized() : Eigen::Vector2d(1, 0);
  check.turned_sigma_rad = std::sqrt(way.dot(cov.topLeftCorner<2, 2>() * way));
  return check;
}

sensor::Pose pose_of(geo::Geodetic position, const std::array<geo::Enu, 3>& axes) {
  const auto& [right, down, boresight] = axes;
  sensor::Pose pose{position, std::atan2(boresight.east, boresight.north),
                    std::asin(std::clamp(boresight.up, -1.0, 1.0)), 0};
  const geo::Enu level_right = sensor::enu_from_camera(pose, {1, 0, 0});
  const geo::Enu level_down = sensor::enu_from_camera(pose, {0, 1, 0});
  pose.roll_rad = std::atan2(dot(right, level_down), dot(right, level_right));
  return pose;
}

}  // namespace marsad::locate
