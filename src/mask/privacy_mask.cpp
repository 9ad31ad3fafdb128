// SPDX-License-Identifier: Apache-2.0
#include "mask/privacy_mask.h"

#include <algorithm>
#include <cmath>

#include "geo/local_frame.h"

namespace marsad::mask {
namespace {

// The mask is made anew where it would be off by more than this, which its margin holds.
constexpr double kMoved_px = 0.5;
constexpr double kMoved_m = 0.1;

bool is_elsewhere(const sensor::Pose& a, const sensor::Pose& b, const sensor::CameraModel& model) {
  const double turned_rad =
      std::abs(a.azimuth_rad - b.azimuth_rad) + std::abs(a.elevation_rad - b.elevation_rad);
  const double rolled_rad = std::abs(a.roll_rad - b.roll_rad);
  const double moved_px =
      turned_rad * model.focal_px() + rolled_rad * std::hypot(model.width_px, model.height_px) / 2;
  if (moved_px > kMoved_px) return true;
  if (a.position == b.position) return false;
  return geo::norm(geo::LocalFrame(a.position).to_enu(b.position)) > kMoved_m;
}

}  // namespace

PrivacyMask::PrivacyMask(sensor::Camera camera, std::shared_ptr<const terrain::Elevation> elevation,
                         std::vector<border::Zone> zones, GroundMaskSettings settings)
    : camera_(std::move(camera)),
      pose_(camera_.pose),
      elevation_(std::move(elevation)),
      zones_(std::move(zones)),
      settings_(settings) {}

void PrivacyMask::look_from(const sensor::Pose& pose, int width_px, int height_px) {
  const bool same_size = camera_.model.width_px == width_px && camera_.model.height_px == height_px;
  if (is_made_ && same_size && !is_elsewhere(pose, camera_.pose, camera_.model)) return;
  is_made_ = true;
  if (!same_size) fill_.reset();
  camera_.model.width_px = width_px;
  camera_.model.height_px = height_px;
  camera_.pose = pose;
  PixelMask mask = ground_mask(camera_, *elevation_, zones_, settings_);
  mask_ = mask.empty() ? nullptr : std::make_shared<const PixelMask>(std::move(mask));
}

std::uint16_t PrivacyMask::fill_for(const video::Frame& frame) {
  if (frame.bits != bits_) fill_.reset();
  bits_ = frame.bits;
  std::vector<std::uint16_t> open;
  const auto counts = frame.counts.pixels();
  const auto masked = mask_->pixels();
  const auto [low, high] = std::minmax_element(counts.begin(), counts.end());
  if (*low == *high) return *low;
  if (fill_) return *fill_;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (masked[i] == 0) open.push_back(counts[i]);
  }
  if (open.empty()) return 0;
  const auto middle = open.begin() + static_cast<std::ptrdiff_t>(open.size() / 2);
  std::nth_element(open.begin(), middle, open.end());
  fill_ = *middle;
  return *fill_;
}

void PrivacyMask::hide(video::Frame& frame) {
  if (frame.counts.empty()) return;
  look_from(frame.pose.value_or(pose_), frame.counts.width(), frame.counts.height());
  if (!mask_) return;
  const std::uint16_t fill = fill_for(frame);
  const auto counts = frame.counts.pixels();
  const auto masked = mask_->pixels();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (masked[i] != 0) counts[i] = fill;
  }
  frame.hidden = mask_;
}

}  // namespace marsad::mask
