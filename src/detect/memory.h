// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/piece.h"

namespace marsad::detect {

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
