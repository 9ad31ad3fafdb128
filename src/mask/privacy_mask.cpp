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

// Reaches from the open pixels of one row or column into the masked ones, each count the weaker the
// farther it comes. Works on one line at a time, in one direction.
class Reach {
 public:
  Reach(const video::Image<std::uint16_t>& counts, const PixelMask& mask)
      : counts_(counts),
        mask_(mask),
        sum_(counts.width(), counts.height()),
        weight_(counts.width(), counts.height()) {}

  void along(int x, int y, int dx, int dy) {
    constexpr double kFresh = 0.5;  // of each open pixel in the mean that is carried along
    double carried = 0;
    int away_px = -1;  // from the last open pixel; below 0 where there was none
    for (; x >= 0 && y >= 0 && x < counts_.width() && y < counts_.height(); x += dx, y += dy) {
      if (mask_.at(x, y) == 0) {
        const double count = counts_.at(x, y);
        carried = away_px < 0 ? count : carried + kFresh * (count - carried);
        away_px = 0;
      } else if (away_px >= 0) {
        ++away_px;
        sum_.at(x, y) += carried / away_px;
        weight_.at(x, y) += 1.0 / away_px;
      }
    }
  }

  // 0 where nothing reaches.
  std::uint16_t at(int x, int y) const {
    const double weight = weight_.at(x, y);
    return weight > 0 ? static_cast<std::uint16_t>(std::lround(sum_.at(x, y) / weight)) : 0;
  }

 private:
  const video::Image<std::uint16_t>& counts_;
  const PixelMask& mask_;
  video::Image<double> sum_;
  video::Image<double> weight_;
};

// What the masked pixels get, from the open ones of this picture alone.
video::Image<std::uint16_t> fill_from(const video::Image<std::uint16_t>& counts,
                                      const PixelMask& mask) {
  Reach reach(counts, mask);
  for (int y = 0; y < counts.height(); ++y) {
    reach.along(0, y, 1, 0);
    reach.along(counts.width() - 1, y, -1, 0);
  }
  for (int x = 0; x < counts.width(); ++x) {
    reach.along(x, 0, 0, 1);
    reach.along(x, counts.height() - 1, 0, -1);
  }
  video::Image<std::uint16_t> fill(counts.width(), counts.height());
  for (int y = 0; y < counts.height(); ++y) {
    for (int x = 0; x < counts.width(); ++x) fill.at(x, y) = reach.at(x, y);
  }
  return fill;
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
  fill_ = {};
  camera_.model = camera_.model.resized(width_px, height_px);
  camera_.pose = pose;
  PixelMask mask = ground_mask(camera_, *elevation_, zones_, settings_);
  mask_ = mask.empty() ? nullptr : std::make_shared<const PixelMask>(std::move(mask));
}

std::shared_ptr<const PixelMask> PrivacyMask::hidden_from(const sensor::Pose& pose) {
  look_from(pose, camera_.model.width_px, camera_.model.height_px);
  return mask_;
}

void PrivacyMask::hide(video::Frame& frame) {
  if (frame.counts.empty()) return;
  look_from(frame.pose.value_or(pose_), frame.counts.width(), frame.counts.height());
  if (!mask_) return;
  frame.hidden = mask_;
  const auto counts = frame.counts.pixels();
  const auto [low, high] = std::minmax_element(counts.begin(), counts.end());
  if (*low == *high) return;
  if (fill_.empty() || frame.bits != bits_) {
    fill_ = fill_from(frame.counts, *mask_);
    bits_ = frame.bits;
  }
  const auto masked = mask_->pixels();
  const auto fill = fill_.pixels();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (masked[i] != 0) counts[i] = fill[i];
  }
}

}  // namespace marsad::mask
