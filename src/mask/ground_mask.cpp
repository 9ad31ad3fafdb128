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

int margin_px(const sensor::Camera& camera, const GroundMaskSettings& settings) {
  const sensor::CameraModel& model = camera.model;
  const double half_diagonal = std::hypot(model.width_px, model.height_px) / 2;
  const double focal = model.focal_px();
  // Towards the corners an angle takes more pixels.
  const double px_per_rad = focal * (1 + half_diagonal * half_diagonal / (focal * focal));
  const double pointing =
      px_per_rad * std::hypot(camera.sigma.azimuth_rad, camera.sigma.elevation_rad);
  const double error = pointing + half_diagonal * camera.sigma.roll_rad + settings.sway_px;
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
