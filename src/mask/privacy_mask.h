// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "mask/ground_mask.h"
#include "mask/pixel_mask.h"
#include "sensor/camera.h"
#include "video/frame.h"

namespace marsad::mask {

// Overwrites privacy zones in the frames of one camera. One thread.
class PrivacyMask {
 public:
  PrivacyMask(sensor::Camera camera, std::shared_ptr<const terrain::Elevation> elevation,
              std::vector<border::Zone> zones, GroundMaskSettings settings);

  // Overwrites what is masked of the frame, in its own pose where it brings one, and says so in
  // `frame.hidden`. A masked pixel gets a count between those of the open ones around the mask in
  // the first picture, and keeps it as long as the mask stays the same: what never changes is no
  // mover, and where the picture sways a little, no edge shows at the mask. A blank frame stays so.
  void hide(video::Frame& frame);

  // What it masks of a frame of the camera's own size in this pose; null for nothing.
  std::shared_ptr<const PixelMask> hidden_from(const sensor::Pose& pose);

 private:
  void look_from(const sensor::Pose& pose, int width_px, int height_px);

  sensor::Camera camera_;  // as the mask was made for
  sensor::Pose pose_;      // the site's
  std::shared_ptr<const terrain::Elevation> elevation_;
  std::vector<border::Zone> zones_;
  GroundMaskSettings settings_;
  bool is_made_ = false;
  std::shared_ptr<const PixelMask> mask_;  // null where nothing is masked
  video::Image<std::uint16_t> fill_;       // empty until there is a picture to take it from
  int bits_ = 0;                           // of the fill
};

}  // namespace marsad::mask
