// SPDX-License-Identifier: Apache-2.0
#include "detect/piece.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kStill_frames = 8;
// A blurred thing has a halo as wide as the blur: less than this share of its largest difference is
// no more of the thing.
constexpr float kHalo = 0.1F;
// A ghost's edge in the frame is weaker than that in the background by at least so much.
constexpr double kGhostly = 0.8;
// Ground is restless where the picture as a whole stirs so many times more than usual there, where
// its own noise is so many times the picture's least, or where the noise is no more than a sway by
// so many pixels makes of its edges.
constexpr float kStirs = 1.3F;
constexpr float kNoisy = 4;
constexpr float kSways = 1;
constexpr int kJoin_px = 4;    // pieces so near are one thing
constexpr int kBorder_px = 3;  // frames do not fit the background well beside the picture's border

sensor::Pixel middle_of(const Component& component, const Background& background) {
  double weights = 0;
  double u = 0;
  double v = 0;
  each_pixel(component.runs, [&](int x, int y) {
    const double weight = std::abs(background.difference(x, y));
    weights += weight;
    u += weight * x;
    v += weight * y;
  });
  return {u / weights, v / weights};
}

double peak_snr(const Component& component, const Background& background, const Unrest& unrest) {
  float peak = 0;
  for (const Run& run : component.runs) {
    float highest = 0;
    for (int x = run.x_begin; x < run.x_end; ++x)
      highest = std::max(
          highest, std::abs(background.difference(x, run.y)) / background.noise().at(x, run.y));
    peak = std::max(peak, highest / unrest.at((run.x_begin + run.x_end) / 2, run.y));
  }
  return peak;
}

// Leaves out the pixels whose difference is less than `limit`.
Component cut_down(const Component& component, const Background& background, float limit) {
  Component kept;
  kept.value = component.value;
  const auto stands_out = [&](int x, int y) {
    return std::abs(background.difference(x, y)) >= limit;
  };
  for (const Run& run : component.runs) {
    for (int x = run.x_begin; x < run.x_end;) {
      while (x < run.x_end && !stands_out(x, run.y)) ++x;
      const int begin = x;
      while (x < run.x_end && stands_out(x, run.y)) ++x;
      if (x > begin) append({run.y, begin, x}, kept);
    }
  }
  return kept;
}

Component without_halo(const Component& component, const Background& background) {
  float largest = 0;
  each_pixel(component.runs, [&](int x, int y) {
    largest = std::max(largest, std::abs(background.difference(x, y)));
  });
  return cut_down(component, background, kHalo * largest);
}

// Whether a piece is a hole that something left in the background, not a thing before it: along its
// outline the frame then goes on smoothly and the background has an edge.
bool is_ghostly(const Component& component, const Background& background,
                const video::Image<std::uint8_t>& marks) {
  constexpr std::array<std::array<int, 2>, 4> kDirections = {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
  // Differences are smeared over one pixel around a thing: its outline lies that far inside.
  constexpr int kOutside_px = 2;
  const video::Image<float>& mean = background.mean();
  double edge_of_frame = 0;
  double edge_of_background = 0;
  each_pixel(component.runs, [&](int x, int y) {
    for (const auto& [dx, dy] : kDirections) {
      const int u = x + kOutside_px * dx;
      const int v = y + kOutside_px * dy;
      const int inner_x = x - dx;
      const int inner_y = y - dy;
      if (u < 0 || v < 0 || u >= mean.width() || v >= mean.height()) continue;
      if (inner_x < 0 || inner_y < 0 || inner_x >= mean.width() || inner_y >= mean.height())
        continue;
      if (marks.at(u, v) != 0 || marks.at(x + dx, y + dy) == component.value) continue;
      if (marks.at(inner_x, inner_y) != component.value) continue;
      edge_of_frame += std::abs(background.frame(inner_x, inner_y) - background.frame(u, v));
      edge_of_background += std::abs(mean.at(inner_x, inner_y) - mean.at(u, v));
    }
  });
  return edge_of_frame < kGhostly * edge_of_background;
}

bool is_at_border(const Box& box, const Box& view) {
  return box.x < view.x + kBorder_px || box.y < view.y + kBorder_px ||
         box.x + box.width > view.x + view.width - kBorder_px ||
         box.y + box.height > view.y + view.height - kBorder_px;
}

bool is_restless(const Component& component, const Background& background, const Unrest& unrest) {
  const Box& box = component.box;
  if (unrest.at(box.x + box.width / 2, box.y + box.height / 2) > kStirs) return true;
  float noise = 0;
  float steepness = 0;
  each_pixel(component.runs, [&](int x, int y) {
    noise += background.noise().at(x, y);
    steepness += background.steepness(x, y);
  });
  const float area = static_cast<float>(component.area_px);
  return noise > kNoisy * background.least_noise() * area ||
         kSways * background.sway_px() * steepness > noise;
}

}  // namespace

std::vector<std::vector<const Piece*>> group(const std::vector<const Piece*>& pieces) {
  std::vector<std::vector<const Piece*>> groups;
  std::vector<Box> boxes;
  for (const Piece* piece : pieces) {
    std::vector<const Piece*> joined = {piece};
    Box box = piece->component.box;
    for (bool again = true; again;) {
      again = false;
      for (std::size_t i = 0; i < groups.size(); ++i) {
        if (gap_px(boxes[i], box) > kJoin_px) continue;
        box = enclosing(box, boxes[i]);
        joined.insert(joined.end(), groups[i].begin(), groups[i].end());
        groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(i));
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(i));
        again = true;
        break;
      }
    }
    groups.push_back(std::move(joined));
    boxes.push_back(box);
  }
  return groups;
}

bool Piece::moves() const { return ever_moved && still_frames < kStill_frames; }

bool Path::leads_away(const sensor::Pixel& now) const {
  constexpr int kLeastSteps = 6;
  constexpr double kLeast_px = 1;
  constexpr double kSteps = 5;
  const double away_px = std::hypot(now.u - first.u, now.v - first.v);
  const double step_px = std::sqrt(squared_steps_px2 / std::max(steps, 1));
  return steps >= kLeastSteps && away_px > std::max(kLeast_px, kSteps * step_px);
}

std::vector<Piece> find_pieces(const video::Image<std::uint8_t>& marks,
                               const Background& background, const Unrest& unrest,
                               const PieceLimits& limits) {
  std::vector<Piece> pieces;
  for (const Component& component : connected_components(marks, limits.smallest_area_px)) {
    Piece piece;
    piece.peak = peak_snr(component, background, unrest);
    if (piece.peak < limits.seed) continue;
    piece.component = without_halo(component, background);
    if (piece.component.area_px < limits.smallest_area_px) continue;
    piece.middle = middle_of(piece.component, background);
    piece.ghostly = is_ghostly(piece.component, background, marks);
    piece.restless = is_at_border(piece.component.box, limits.view) ||
                     is_restless(piece.component, background, unrest);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

}  // namespace marsad::detect
