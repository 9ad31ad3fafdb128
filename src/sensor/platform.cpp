// SPDX-License-Identifier: Apache-2.0
#include "sensor/platform.h"

#include <cmath>
#include <numbers>

namespace marsad::sensor {
namespace {

// North, east, down, as the standard turns; of the platform: forward, right, down.
struct Ned {
  double north = 0;
  double east = 0;
  double down = 0;
};

Ned about_forward(double angle_rad, Ned v) {
  const double s = std::sin(angle_rad), c = std::cos(angle_rad);
  return {v.north, c * v.east - s * v.down, s * v.east + c * v.down};
}

Ned about_right(double angle_rad, Ned v) {
  const double s = std::sin(angle_rad), c = std::cos(angle_rad);
  return {c * v.north + s * v.down, v.east, c * v.down - s * v.north};
}

Ned about_down(double angle_rad, Ned v) {
  const double s = std::sin(angle_rad), c = std::cos(angle_rad);
  return {c * v.north - s * v.east, s * v.north + c * v.east, v.down};
}

geo::Enu turned(const PlatformPose& platform, Ned of_camera) {
  Ned v = about_forward(platform.relative_roll_rad, of_camera);
  v = about_down(platform.relative_azimuth_rad, about_right(platform.relative_elevation_rad, v));
  v = about_right(platform.pitch_rad, about_forward(platform.roll_rad, v));
  v = about_down(platform.heading_rad, v);
  return {v.east, v.north, -v.down};
}

}  // namespace

Pose camera_pose(const PlatformPose& platform) {
  const geo::Enu boresight = turned(platform, {1, 0, 0});
  const geo::Enu right = turned(platform, {0, 1, 0});
  Pose pose;
  pose.position = platform.position;
  const double level = std::hypot(boresight.east, boresight.north);
  constexpr double kUpright = 1e-12;
  if (level > kUpright) {
    pose.azimuth_rad = std::atan2(boresight.east, boresight.north);
    if (pose.azimuth_rad < 0) pose.azimuth_rad += 2 * std::numbers::pi;
  }
  pose.elevation_rad = std::atan2(boresight.up, level);
  // A camera of this azimuth and elevation without roll has these two axes.
  const double sin_a = std::sin(pose.azimuth_rad), cos_a = std::cos(pose.azimuth_rad);
  const double sin_e = std::sin(pose.elevation_rad), cos_e = std::cos(pose.elevation_rad);
  const geo::Enu level_right{cos_a, -sin_a, 0};
  const geo::Enu level_down{sin_a * sin_e, cos_a * sin_e, -cos_e};
  pose.roll_rad = std::atan2(dot(right, level_down), dot(right, level_right));
  return pose;
}

}  // namespace marsad::sensor
