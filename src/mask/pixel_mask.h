// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "detect/detection.h"
#include "sensor/camera.h"
#include "video/image.h"

namespace marsad::mask {

// Pixels in which nothing counts: above 0 where masked. An empty one masks nothing.
using PixelMask = video::Image<std::uint8_t>;

// Whether a pixel is masked; the nearest one, for what lies beside the picture.
bool covers(const PixelMask& mask, sensor::Pixel pixel);
// Share of the picture that is masked, 0 to 1.
double share(const PixelMask& mask);
// The pixels whose centres lie in any of these polygons.
PixelMask mask_of(int width_px, int height_px,
                  const std::vector<std::vector<sensor::Pixel>>& polygons);

// Drops detections whose centroid is masked.
void drop_masked(const PixelMask& mask, std::vector<detect::Detection>& detections);
// Drops detections whose centroid is masked or within 2 pixels of it, or whose foot, the middle of
// the box's bottom edge, is masked.
void drop_hidden(const PixelMask& hidden, std::vector<detect::Detection>& detections);

}  // namespace marsad::mask
