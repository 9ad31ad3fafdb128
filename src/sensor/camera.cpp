// SPDX-License-Identifier: Apache-2.0
#include "sensor/camera.h"

#include <array>
#include <cmath>

namespace marsad::sensor {
namespace {

// The camera's axes (right, down, boresight) as directions east, north, up.
std::array<geo::Enu, 3> axes(const Pose& pose) {
  const double sin_a = std::sin(pose.azimuth_rad), cos_a = std::cos(pose.azimuth_rad);
  const double sin_e = std::sin(pose.elevation_rad), cos_e = std::cos(pose.elevation_rad);
  const double sin_r = std::sin(pose.roll_rad), cos_r = std::cos(pose.roll_rad);
  const geo::Enu boresight{sin_a * cos_e, cos_a * cos_e, sin_e};
  const geo::Enu level_right{cos_a, -sin_a, 0};
  const geo::Enu level_down{sin_a * sin_e, cos_a * sin_e, -cos_e};
  return {cos_r * level_right + sin_r * level_down, cos_r * level_down - sin_r * level_right,
          boresight};
}

}  // namespace

double CameraModel::focal_px() const { return width_px / (2 * std::tan(horizontal_fov_rad / 2)); }

double CameraModel::vertical_fov_rad() const { return 2 * std::atan(height_px / (2 * focal_px())); }

CameraRay CameraModel::ray(Pixel pixel) const {
  const double focal = focal_px();
  const double x = (pixel.u - (width_px - 1) / 2.0) / focal;
  const double y = (pixel.v - (height_px - 1) / 2.0) / focal;
  const double length = std::sqrt(x * x + y * y + 1);
  return {x / length, y / length, 1 / length};
}

std::optional<Pixel> CameraModel::project(CameraRay ray) const {
  if (ray.z <= 0) return std::nullopt;
  const double focal = focal_px();
  return Pixel{focal * ray.x / ray.z + (width_px - 1) / 2.0,
               focal * ray.y / ray.z + (height_px - 1) / 2.0};
}

geo::Enu enu_from_camera(const Pose& pose, CameraRay ray) {
  const auto [right, down, boresight] = axes(pose);
  return ray.x * right + ray.y * down + ray.z * boresight;
}

CameraRay camera_from_enu(const Pose& pose, geo::Enu direction) {
  const auto [right, down, boresight] = axes(pose);
  return {dot(right, direction), dot(down, direction), dot(boresight, direction)};
}

}  // namespace marsad::sensor
