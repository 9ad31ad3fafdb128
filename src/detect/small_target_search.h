// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "detect/small_target.h"
#include "video/image.h"

namespace marsad::detect {

// How far the places that a place is compared with lie away, in pixels of the level.
inline constexpr int kSmallTargetReach_px = 4;

// A place that stands out, in the frame's pixels.
struct Seed {
  int x = 0;
  int y = 0;
  int factor = 1;  // of the level it was found on: 1, 2, 4 or 8 pixels of the frame to one there
  bool is_hot = true;
  float snr = 0;
};

// The places that stand out on the frame and on pictures of a half, a quarter and an eighth of its
// size, the strongest first.
std::vector<Seed> find_seeds(const video::Image<std::uint16_t>& frame,
                             const SmallTargetSettings& settings);

}  // namespace marsad::detect
