// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/background.h"
#include "detect/components.h"
#include "detect/unrest.h"

namespace marsad::detect {

// The way of a piece's middle since it was first seen.
struct Path {
  sensor::Pixel first;
  int steps = 0;
  double squared_steps_px2 = 0;  // their sum

  // What goes somewhere gets further with each step; what sways goes as far in one as in many.
  bool leads_away(const sensor::Pixel& now) const;
};

// A connected piece of one frame that is all warmer or all colder than the background.
struct Piece {
  Component component;    // of value 1 where warmer, 2 where colder
  sensor::Pixel middle;   // weighted with the differences
  double peak = 0;        // largest difference over noise
  bool ghostly = false;   // looks like a hole in the background rather than a thing before it
  bool restless = false;  // lies where brush, edges or the picture's border make pieces of nothing

  // What the frames before tell.
  int age_frames = 0;        // since first seen
  bool may_be_left = false;  // by something that stood there when the background was learnt
  int ghost_votes = 0;       // frames that found it ghostly, less those that did not
  bool ever_moved = false;
  Path path;
  bool has_travelled = false;  // steadily, not as what sways in its place
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

// Groups pieces whose boxes are near: a vehicle's hot engine and cold roof are one thing.
std::vector<std::vector<const Piece*>> group(const std::vector<const Piece*>& pieces);

}  // namespace marsad::detect
