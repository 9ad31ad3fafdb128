// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "detect/detection.h"

namespace marsad::store {

// What one frame's row holds beside its columns: the camera's pose and the detections, bit for bit.
// (SQLite's own REAL turns -0.0 into 0.0 and a NaN into NULL.) Little-endian, no padding:
//
//   offset  type     what
//        0  u32      version, 1
//        4  u32      number of detections
//        8  f64 × 6  pose: lat_rad lon_rad height_m azimuth_rad elevation_rad roll_rad
//       56           the detections, 128 bytes each:
//       +0  u32      index
//       +4  i32 × 5  box x y width height in px, area_px
//      +24  f64 × 7  centroid u v, cov uu uv vv in px², contrast, snr
//      +80  f64 × 6  class probabilities: person vehicle animal aircraft bird unknown
struct FrameBlob {
  sensor::Pose pose;
  std::vector<detect::Detection> detections;
};

std::vector<std::uint8_t> encode(const sensor::Pose& pose,
                                 const std::vector<detect::Detection>& detections);

// Errors: another version, or a length that does not fit the number of detections.
base::Result<FrameBlob> decode(std::span<const std::uint8_t> bytes);

}  // namespace marsad::store
