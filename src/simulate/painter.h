// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "video/image.h"

namespace marsad::simulate {

// Sigma of the optics' blur, pixels.
inline constexpr double kBlur_px = 0.7;

// An upright rectangle of even warmth in the picture: edges in pixels, as sensor::Pixel counts
// them, so that the middle of the top left pixel is at (0, 0).
struct Patch {
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
  double counts = 0;
  bool glows = false;  // adds its counts to what is there instead of covering it
};

// Paints patches as the optics blur them: one smaller than a pixel leaves just its share of warmth.
// Where patches overlap, their mean shows, and what glows comes on top.
void paint(video::Image<float>& picture, std::span<const Patch> patches);

// Blurs a whole picture as the optics do.
void blur(video::Image<float>& picture);

}  // namespace marsad::simulate
