// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/background.h"
#include "detect/components.h"
#include "detect/unrest.h"

namespace marsad::detect {

// A connected piece of one frame that is all warmer or all colder than the background.
struct Piece {
  Component component;    // of value 1 where warmer, 2 where colder
  double peak = 0;        // largest difference over noise
  bool ghostly = false;   // looks like a hole in the background rather than a thing before it
  bool restless = false;  // lies where brush, edges or the picture's border make pieces of nothing

  // What the frames before tell.
  int age_frames = 0;   // since first seen
  int ghost_votes = 0;  // frames that found it ghostly, less those that did not
  bool ever_moved = false;
  bool has_travelled = false;  // further than what sways in its place
  int still_frames = 0;        // since it last moved
  Box anchor;                  // its box then
  Box first;                   // its box when first seen

  // Things that move now aren't ghosts, whatever their outline says.
  bool moves() const;
};

// What a piece must have to be one.
struct PieceLimits {
  float seed = 0;  // one pixel's difference over noise
  int smallest_area_px = 1;
  Box view;  // where the picture can be compared
};

// The pieces among marked pixels, cut down to what stands out within each.
std::vector<Piece> find_pieces(const video::Image<std::uint8_t>& marks,
                               const Background& background, const Unrest& unrest,
                               const PieceLimits& limits);

}  // namespace marsad::detect
