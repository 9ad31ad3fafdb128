// SPDX-License-Identifier: Apache-2.0
#include "simulate/projection.h"

#include <cmath>
#include <limits>

#include "terrain/ray.h"

namespace marsad::simulate {

Projection::Projection(const sensor::Camera& camera, const SightProfile& profile)
    : camera_(camera), profile_(profile), frame_(camera.pose.position) {}

std::optional<sensor::Pixel> Projection::pixel(geo::Enu from_camera) const {
  return camera_.model.project(sensor::camera_from_enu(camera_.pose, from_camera));
}

std::optional<Stance> Projection::stance(geo::Geodetic foot, double margin_px) const {
  geo::Enu at = frame_.to_enu(foot);
  const double range_m = std::hypot(at.east, at.north);
  // Refraction lifts what is far by as much as it bends the ray.
  at.up += terrain::kRefraction * range_m * range_m / (2 * terrain::kEarthRadius_m);
  const auto foot_px = pixel(at);
  const auto above_px = pixel(at + geo::Enu{0, 0, 1});
  if (!foot_px || !above_px) return std::nullopt;
  if (foot_px->u < -margin_px || foot_px->u > camera_.model.width_px + margin_px ||
      foot_px->v < -margin_px || foot_px->v > camera_.model.height_px + margin_px) {
    return std::nullopt;
  }
  Stance stance;
  stance.foot_u = foot_px->u;
  stance.foot_v = foot_px->v;
  stance.range_m = norm(at);
  stance.slope = at.up / range_m;
  stance.bearing_rad = std::atan2(at.east, at.north);
  stance.px_per_m_across = camera_.model.focal_px() / sensor::camera_from_enu(camera_.pose, at).z;
  stance.px_per_m_up = foot_px->v - above_px->v;
  const double hidden = profile_.hidden_below(stance.bearing_rad, range_m);
  const auto edge =
      std::isfinite(hidden) ? pixel({at.east, at.north, hidden * range_m}) : std::nullopt;
  stance.hidden_below_v = edge ? edge->v : std::numeric_limits<double>::infinity();
  return stance;
}

}  // namespace marsad::simulate
