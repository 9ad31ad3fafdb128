// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/components.h"

namespace marsad::detect {

// A connected piece of one frame that is all warmer or all colder than the background.
struct Piece {
  Component component;   // of value 1 where warmer, 2 where colder
  double peak = 0;       // largest difference over noise
  bool ghostly = false;  // looks like a hole in the background rather than a thing before it

  // What the frames before tell.
  int age_frames = 0;   // since first seen
  int ghost_votes = 0;  // frames that found it ghostly, less those that did not
  bool ever_moved = false;
  int still_frames = 0;  // since it last moved
  Box anchor;            // its box then

  // Things that move now aren't ghosts, whatever their outline says.
  bool moves() const;
};

// Links the pieces of a frame to those of the frames before.
class Memory {
 public:
  // Fills in what the frames before tell of each piece, then keeps the pieces for the next frame.
  void recall(std::vector<Piece>& pieces);
  void forget() { known_.clear(); }

 private:
  struct Known {
    Piece piece;  // without its runs
    int unseen_frames = 0;
  };

  void inherit(Piece& piece, const Known& known) const;
  void keep(const std::vector<Piece>& pieces);

  std::vector<Known> known_;
};

}  // namespace marsad::detect
