// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "border/border.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"
#include "video/image.h"

namespace marsad::mask {

struct GroundMaskSettings {
  double elevation_sigma_m = 3;  // error of the elevation model
  double sway_px = 0;            // of the picture, one sigma each way
};

// The pixels of a camera in which a privacy zone, or something as high as the zone says that stands
// in it, may appear: 255, else 0. Widened to two sigma of the camera's pointing, place and height,
// of the elevation and of sway, and by two pixels. So no pixel is left open whose ray meets the
// ground in a zone. A part of a zone that the ground hides, with all that stands there, is left
// open. Other zones don't count. Empty where nothing is masked.
video::Image<std::uint8_t> ground_mask(const sensor::Camera& camera,
                                       const terrain::Elevation& elevation,
                                       const std::vector<border::Zone>& zones,
                                       const GroundMaskSettings& settings);

}  // namespace marsad::mask
