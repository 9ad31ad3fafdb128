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

// Points along each edge of the frame, and along the way to each from the optical axis, at which a
// distortion is tried.
constexpr int kEdgeSteps = 64;
constexpr int kWaySteps = 32;

PlanePoint on_plane(const CameraModel& model, Pixel pixel) {
  const double focal = model.focal_px();
  const Pixel middle = model.axis_px();
  return {(pixel.u - middle.u) / focal, (pixel.v - middle.v) / focal};
}

// Whether a shown point can be followed from the optical axis outwards without meeting a fold, and
// is found from afar at the same place.
bool is_reached(const Distortion& distortion, PlanePoint shown) {
  PlanePoint p;
  for (int step = 1; step <= kWaySteps; ++step) {
    const double share = static_cast<double>(step) / kWaySteps;
    const auto next = distortion.undistorted({share * shown.x, share * shown.y}, p);
    if (!next) return false;
    p = *next;
  }
  const auto at_once = distortion.undistorted(shown, shown);
  constexpr double kSame = 1e-9;
  return at_once && std::hypot(at_once->x - p.x, at_once->y - p.y) < kSame;
}

}  // namespace

double horizontal_fov_rad(int width_px, double focal_px) {
  return 2 * std::atan(width_px / (2 * focal_px));
}

double CameraModel::focal_px() const { return width_px / (2 * std::tan(horizontal_fov_rad / 2)); }

double CameraModel::vertical_fov_rad() const { return 2 * std::atan(height_px / (2 * focal_px())); }

Pixel CameraModel::axis_px() const {
  return axis.value_or(Pixel{(width_px - 1) / 2.0, (height_px - 1) / 2.0});
}

CameraRay CameraModel::ray(Pixel pixel) const {
  PlanePoint p = on_plane(*this, pixel);
  if (!distortion.is_none()) p = distortion.undistorted(p, p).value_or(p);
  const double length = std::sqrt(p.x * p.x + p.y * p.y + 1);
  return {p.x / length, p.y / length, 1 / length};
}

std::optional<Pixel> CameraModel::project(CameraRay ray) const {
  if (ray.z <= 0) return std::nullopt;
  PlanePoint p{ray.x / ray.z, ray.y / ray.z};
  if (!distortion.is_none()) {
    const auto shown = distortion.distorted(p);
    if (!shown) return std::nullopt;
    p = *shown;
  }
  const double focal = focal_px();
  const Pixel middle = axis_px();
  return Pixel{focal * p.x + middle.u, focal * p.y + middle.v};
}

bool CameraModel::is_one_to_one() const {
  if (distortion.is_none()) return true;
  const double right = width_px - 0.5, bottom = height_px - 0.5;
  for (int i = 0; i <= kEdgeSteps; ++i) {
    const double u = (right + 0.5) * i / kEdgeSteps - 0.5;
    const double v = (bottom + 0.5) * i / kEdgeSteps - 0.5;
    for (const Pixel edge : {Pixel{u, -0.5}, Pixel{u, bottom}, Pixel{-0.5, v}, Pixel{right, v}}) {
      if (!is_reached(distortion, on_plane(*this, edge))) return false;
    }
  }
  return true;
}

CameraModel CameraModel::resized(int new_width_px, int new_height_px) const {
  CameraModel model = *this;
  model.width_px = new_width_px;
  model.height_px = new_height_px;
  if (axis) {
    model.axis = Pixel{(axis->u + 0.5) * new_width_px / width_px - 0.5,
                       (axis->v + 0.5) * new_height_px / height_px - 0.5};
  }
  return model;
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
