// SPDX-License-Identifier: Apache-2.0
#include "detect/memory.h"

#include <algorithm>
#include <cstdlib>

#include "detect/parameters.h"

namespace marsad::detect {
namespace {

constexpr int kReach_px = 32;  // between two frames, edge to edge: a fast car close by
constexpr int kAreaRatio = 4;  // between two frames
constexpr int kMoved_px = 2;
constexpr int kUnseen_frames = 2;  // a thing may fail to show for so long and still be known
constexpr int kMostGhostVotes = 8;

// Whether two opposite edges moved the same way. One edge alone moves where a ghost grows behind
// the thing that leaves it.
bool moved_along(int first_low, int first_high, int low, int high) {
  const int by_low = low - first_low;
  const int by_high = high - first_high;
  return (by_low >= kMoved_px && by_high >= kMoved_px) ||
         (by_low <= -kMoved_px && by_high <= -kMoved_px);
}

bool has_moved(const Box& first, const Box& now) {
  return moved_along(first.x, first.x + first.width, now.x, now.x + now.width) ||
         moved_along(first.y, first.y + first.height, now.y, now.y + now.height);
}

bool similar(int area_px, int other_px) {
  return area_px <= kAreaRatio * other_px && other_px <= kAreaRatio * area_px;
}

}  // namespace

const Memory::Known* Memory::likeliest(const Component& component) const {
  const Known* best = nullptr;
  int best_gap = kReach_px + 1;
  for (const Known& known : known_) {
    if (known.piece.component.value != component.value) continue;
    const int gap = gap_px(known.box, component.box);
    const bool near = gap <= 0 || similar(known.area_px, component.area_px);
    if (near && gap < best_gap) {
      best_gap = gap;
      best = &known;
    }
  }
  return best;
}

void Memory::recall(std::vector<Piece>& pieces) {
  for (Piece& piece : pieces) {
    const Component& component = piece.component;
    piece.first_box = component.box;
    if (const Known* known = likeliest(component)) {
      piece.first_box = known->piece.first_box;
      piece.age_frames = known->piece.age_frames + 1 + known->unseen_frames;
      piece.ghost_votes = known->piece.ghost_votes;
      piece.moved = known->piece.moved || has_moved(piece.first_box, component.box);
    }
    piece.ghost_votes =
        std::clamp(piece.ghost_votes + (piece.ghostly ? 1 : -1), 0, kMostGhostVotes);
  }

  std::vector<Known> next;
  next.reserve(pieces.size() + known_.size());
  for (const Piece& piece : pieces) {
    Known known;
    known.box = piece.component.box;
    known.area_px = piece.component.area_px;
    known.piece = piece;
    known.piece.component.runs.clear();
    next.push_back(std::move(known));
  }
  for (Known& known : known_) {
    const auto covers = [&](const Known& seen) { return gap_px(seen.box, known.box) <= 0; };
    if (++known.unseen_frames < kUnseen_frames && std::none_of(next.begin(), next.end(), covers))
      next.push_back(std::move(known));
  }
  known_ = std::move(next);
}

}  // namespace marsad::detect
