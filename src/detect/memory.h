// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/piece.h"
#include "detect/similarity.h"

namespace marsad::detect {

// Links the pieces of a frame to those of the frames before.
class Memory {
 public:
  // Fills in what the frames before tell of each piece, then keeps the pieces for the next frame.
  // While the background is young, what moves off may leave its picture in it.
  void recall(std::vector<Piece>& pieces, bool is_young);
  // Says that what is in a box now was taken into the background: were it a thing, it would leave
  // its picture there.
  void expect_left(const Box& box);
  // Moves all that is known along with the background.
  void carry(const Similarity& similarity, Place middle);
  // Forgets what was seen in a box.
  void forget(const Box& box);
  void forget() {
    known_.clear();
    settled_.clear();
  }

  // Known things that did not show in the last frame.
  std::vector<const Piece*> missing() const;

 private:
  struct Known {
    Piece piece;  // without its runs
    int unseen_frames = 0;
  };

  void inherit(Piece& piece, const Known& known) const;
  void keep(const std::vector<Piece>& pieces);

  void settle(const std::vector<Piece>& pieces);
  bool is_settled(const Box& box) const;

  std::vector<Known> known_;
  std::vector<Box> settled_;  // where things stood for long; the oldest first
};

}  // namespace marsad::detect
