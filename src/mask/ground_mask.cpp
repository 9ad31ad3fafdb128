// SPDX-License-Identifier: Apache-2.0
#include "mask/ground_mask.h"

#include <algorithm>
#include <cmath>

#include "geo/local_frame.h"
#include "mask/blocks.h"
#include "mask/canvas.h"

namespace marsad::mask {
namespace {

constexpr double kSigmas = 2;
// A pixel to each side for what a pixel's ray stands for, and one for the rounding of a frame that
// is brought to another's place.
constexpr double kAlways_px = 2;
constexpr double kWidestMargin_px = 2000;

// The most pixels that an angle takes in the frame, which is at its edge: towards the optical axis,
// or across.
double most_px_per_rad(const sensor::CameraModel& model) {
  constexpr int kSteps = 32;
  const double right = model.width_px - 0.5, bottom = model.height_px - 0.5;
  const sensor::Pixel axis = model.axis_px();
  double most = model.focal_px();
  const auto measure = [&](sensor::Pixel edge) {
    const double u = edge.u - axis.u, v = edge.v - axis.v, away = std::max(1.0, std::hypot(u, v));
    const sensor::CameraRay here = model.ray(edge);
    for (const sensor::Pixel step : {sensor::Pixel{-u, -v}, sensor::Pixel{v, -u}}) {
      const sensor::CameraRay there = model.ray({edge.u + step.u / away, edge.v + step.v / away});
      most = std::max(most, 1 / std::hypot(there.x - here.x, there.y - here.y, there.z - here.z));
    }
  };
  for (int i = 0; i <= kSteps; ++i) {
    const double u = (right + 0.5) * i / kSteps - 0.5, v = (bottom + 0.5) * i / kSteps - 0.5;
    for (const sensor::Pixel edge : {sensor::Pixel{-0.5, v}, sensor::Pixel{right, v},
                                     sensor::Pixel{u, -0.5}, sensor::Pixel{u, bottom}}) {
      measure(edge);
    }
  }
  return most;
}

int margin_px(const sensor::Camera& camera, const GroundMaskSettings& settings) {
  const sensor::Pixel axis = camera.model.axis_px();
  const double farthest_corner = std::hypot(std::max(axis.u, camera.model.width_px - axis.u),
                                            std::max(axis.v, camera.model.height_px - axis.v));
  const double pointing = most_px_per_rad(camera.model) *
                          std::hypot(camera.sigma.azimuth_rad, camera.sigma.elevation_rad);
  const double error = pointing + farthest_corner * camera.sigma.roll_rad + settings.sway_px;
  return static_cast<int>(std::ceil(std::min(kSigmas * error + kAlways_px, kWidestMargin_px)));
}

double farthest_m(const sensor::Camera& camera, const std::vector<border::Zone>& zones) {
  const geo::LocalFrame frame(camera.pose.position);
  double farthest = 0;
  for (const border::Zone& zone : zones) {
    for (const geo::Geodetic& corner : zone.ring) {
      farthest = std::max(farthest, geo::norm(frame.to_enu(corner)));
    }
  }
  return farthest;
}

}  // namespace

video::Image<std::uint8_t> ground_mask(const sensor::Camera& camera,
                                       const terrain::Elevation& elevation,
                                       const std::vector<border::Zone>& zones,
                                       const GroundMaskSettings& settings) {
  std::vector<border::Zone> masked;
  std::copy_if(zones.begin(), zones.end(), std::back_inserter(masked),
               [](const border::Zone& zone) { return zone.kind == border::ZoneKind::privacy; });
  if (masked.empty()) return {};
  const int margin = margin_px(camera, settings);
  const double height_error_m =
      kSigmas * std::hypot(settings.elevation_sigma_m, camera.sigma.height_m);
  constexpr double kBeyond = 1.02;
  Canvas canvas(camera, elevation, margin, kBeyond * farthest_m(camera, masked) + 100);
  bool is_any = false;
  for (const border::Zone& zone : masked) {
    const BlockSettings block{kSigmas * camera.sigma.position_m, height_error_m, double(margin)};
    for_each_block(camera, elevation, zone, block, [&](const Block& found) {
      is_any = true;
      canvas.paint(found, height_error_m);
    });
  }
  if (!is_any) return {};
  video::Image<std::uint8_t> mask = canvas.finish();
  const auto pixels = mask.pixels();
  const bool is_empty = std::all_of(pixels.begin(), pixels.end(), [](int p) { return p == 0; });
  return is_empty ? video::Image<std::uint8_t>{} : mask;
}

}  // namespace marsad::mask
