// SPDX-License-Identifier: Apache-2.0
#include "detect/memory.h"

#include <algorithm>
#include <tuple>

namespace marsad::detect {
namespace {

constexpr int kLeastReach_px = 2;
constexpr int kAreaRatio = 4;  // between two frames
constexpr int kMoved_px = 2;
constexpr int kSettled_frames = 100;  // what stood for so long may have been learnt
constexpr std::ptrdiff_t kMostSettled = 64;
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

// How unlike two boxes are as the same thing's in two frames: below 0 the overlap in pixels, else
// the gap between them.
int distance(const Box& a, const Box& b) {
  const int gap = gap_px(a, b);
  if (gap > 0) return gap;
  const int across = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const int down = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  return -across * down;
}

// How far a thing may get from one frame to the next, edge to edge: about its own length, which a
// car at 100 km/h stays below from 7 frames a second on.
int reach_px(const Box& a, const Box& b) {
  return kLeastReach_px + std::max({a.width, a.height, b.width, b.height});
}

struct Link {
  int distance;
  std::size_t piece;
  std::size_t known;
};

}  // namespace

void Memory::inherit(Piece& piece, const Known& known) const {
  const Piece& before = known.piece;
  piece.age_frames = before.age_frames + 1 + known.unseen_frames;
  piece.ghost_votes = before.ghost_votes;
  piece.ever_moved = before.ever_moved;
  piece.still_frames = before.still_frames + 1;
  piece.anchor = before.anchor;
  piece.restless = before.restless;
  piece.may_be_left = before.may_be_left || piece.may_be_left;
  piece.path = before.path;
  const double du = piece.middle.u - before.middle.u;
  const double dv = piece.middle.v - before.middle.v;
  piece.path.squared_steps_px2 += du * du + dv * dv;
  ++piece.path.steps;
  piece.first = before.first;
  piece.has_travelled = before.has_travelled || (piece.path.leads_away(piece.middle) &&
                                                 has_moved(piece.first, piece.component.box));
  if (has_moved(piece.anchor, piece.component.box)) {
    piece.anchor = piece.component.box;
    piece.still_frames = 0;
    piece.ever_moved = true;
  }
}

void Memory::keep(const std::vector<Piece>& pieces) {
  std::vector<Known> next;
  next.reserve(pieces.size() + known_.size());
  for (const Piece& piece : pieces) {
    next.push_back({piece, 0});
    next.back().piece.component.runs.clear();
  }
  for (Known& known : known_) {
    const auto covers = [&](const Piece& piece) {
      return gap_px(piece.component.box, known.piece.component.box) <= 0;
    };
    if (++known.unseen_frames < kUnseen_frames &&
        std::none_of(pieces.begin(), pieces.end(), covers))
      next.push_back(std::move(known));
  }
  known_ = std::move(next);
}

void Memory::forget(const Box& box) {
  std::erase_if(known_,
                [&](const Known& known) { return gap_px(known.piece.component.box, box) <= 0; });
}

std::vector<const Piece*> Memory::missing() const {
  std::vector<const Piece*> missing;
  for (const Known& known : known_)
    if (known.unseen_frames > 0) missing.push_back(&known.piece);
  return missing;
}

void Memory::carry(const Similarity& similarity, Place middle) {
  const auto carry_box = [&](Box& box) { box = moved(box, similarity, middle); };
  const auto carry_pixel = [&](sensor::Pixel& pixel) {
    const Place place = apply(similarity, middle, {pixel.u, pixel.v});
    pixel = {place.real(), place.imag()};
  };
  for (Known& known : known_) {
    carry_box(known.piece.component.box);
    carry_box(known.piece.anchor);
    carry_box(known.piece.first);
    carry_pixel(known.piece.middle);
    carry_pixel(known.piece.path.first);
  }
  std::for_each(settled_.begin(), settled_.end(), carry_box);
}

void Memory::expect_left(const Box& box) {
  if (is_settled(box)) return;
  settled_.push_back(box);
  if (std::ssize(settled_) > kMostSettled)
    settled_.erase(settled_.begin(), settled_.end() - kMostSettled);
}

void Memory::settle(const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces)
    if (piece.still_frames > kSettled_frames) expect_left(piece.component.box);
}

bool Memory::is_settled(const Box& box) const {
  return std::any_of(settled_.begin(), settled_.end(),
                     [&](const Box& settled) { return gap_px(settled, box) <= 0; });
}

void Memory::recall(std::vector<Piece>& pieces, bool is_young) {
  std::vector<Link> links;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const Component& seen = pieces[i].component;
    pieces[i].may_be_left = is_young || is_settled(seen.box);
    pieces[i].anchor = pieces[i].first = seen.box;
    pieces[i].path.first = pieces[i].middle;
    for (std::size_t j = 0; j < known_.size(); ++j) {
      const Component& known = known_[j].piece.component;
      if (known.value != seen.value) continue;
      const int apart = distance(seen.box, known.box);
      if (apart <= 0 ||
          (apart <= reach_px(seen.box, known.box) && similar(seen.area_px, known.area_px)))
        links.push_back({apart, i, j});
    }
  }
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return std::tie(a.distance, a.piece, a.known) < std::tie(b.distance, b.piece, b.known);
  });

  std::vector<bool> linked(pieces.size());
  std::vector<bool> claimed(known_.size());
  for (const Link& link : links) {
    if (linked[link.piece] || claimed[link.known]) continue;
    linked[link.piece] = claimed[link.known] = true;
    inherit(pieces[link.piece], known_[link.known]);
  }
  // What splits off something known was seen with it, yet its past is not the other's.
  for (const Link& link : links)
    if (!linked[link.piece]) {
      pieces[link.piece].age_frames = 1;
      pieces[link.piece].may_be_left |= known_[link.known].piece.may_be_left;
    }
  for (Piece& piece : pieces) {
    piece.ghost_votes = std::clamp(
        piece.ghost_votes + (piece.ghostly && piece.may_be_left ? 1 : -1), 0, kMostGhostVotes);
  }
  settle(pieces);
  keep(pieces);
}

}  // namespace marsad::detect
