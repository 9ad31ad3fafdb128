// SPDX-License-Identifier: Apache-2.0
#include "detect/structure.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace marsad::detect {
namespace {

constexpr int kWidePicture_px = 300;
constexpr int kWideCell_px = 8;
constexpr int kSmallCell_px = 4;
constexpr int kFewestCells = 12;  // along either side
constexpr int kHalfReach_cells = 2;

// The means of blocks of the live part.
video::Image<float> blocks_of(const video::Image<std::uint16_t>& picture, const Box& live,
                              int cell) {
  video::Image<float> blocks(live.width / cell, live.height / cell);
  std::vector<std::uint32_t> sums(static_cast<std::size_t>(live.width));
  const float scale = 1.0F / static_cast<float>(cell * cell);
  for (int row = 0; row < blocks.height(); ++row) {
    std::fill(sums.begin(), sums.end(), 0U);
    for (int i = 0; i < cell; ++i) {
      const auto pixels = picture.row(live.y + row * cell + i)
                              .subspan(static_cast<std::size_t>(live.x), sums.size());
      for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += pixels[x];
    }
    const std::span<float> out = blocks.row(row);
    for (std::size_t x = 0; x < out.size(); ++x) {
      std::uint32_t sum = 0;
      for (std::size_t i = 0; i < static_cast<std::size_t>(cell); ++i)
        sum += sums[x * static_cast<std::size_t>(cell) + i];
      out[x] = static_cast<float>(sum) * scale;
    }
  }
  return blocks;
}

struct Moments {
  double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;

  void add(std::span<const float> one, std::span<const float> other) {
    // Several sums side by side, which the processor adds at once.
    constexpr std::size_t kLanes = 8;
    std::array<std::array<float, kLanes>, 5> sums{};
    const auto add_one = [&](std::size_t lane, float x, float y) {
      sums[0][lane] += x;
      sums[1][lane] += y;
      sums[2][lane] += x * x;
      sums[3][lane] += y * y;
      sums[4][lane] += x * y;
    };
    const std::size_t whole = one.size() - one.size() % kLanes;
    for (std::size_t i = 0; i < whole; i += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        add_one(lane, one[i + lane], other[i + lane]);
    }
    for (std::size_t i = whole; i < one.size(); ++i) add_one(i - whole, one[i], other[i]);
    const auto total = [&](std::size_t of) {
      return static_cast<double>(std::accumulate(sums[of].begin(), sums[of].end(), 0.0F));
    };
    n += static_cast<double>(one.size());
    a += total(0);
    b += total(1);
    aa += total(2);
    bb += total(3);
    ab += total(4);
  }

  double correlation() const {
    constexpr double kEven = 1e-9;
    const double var_a = aa - a * a / n;
    const double var_b = bb - b * b / n;
    if (n == 0 || var_a < kEven || var_b < kEven) return 0;
    return (ab - a * b / n) / std::sqrt(var_a * var_b);
  }
};

// The likeness where edges(x + dx, y + dy) lies over reference(x, y).
double likeness_at(const video::Image<float>& reference, const video::Image<float>& edges, int dx,
                   int dy) {
  const int width = edges.width() - std::abs(dx);
  const int height = edges.height() - std::abs(dy);
  Moments moments;
  for (int y = 0; y < height; ++y) {
    const auto count = static_cast<std::size_t>(width);
    moments.add(
        reference.row(y + std::max(0, -dy))
            .subspan(static_cast<std::size_t>(std::max(0, -dx)), count),
        edges.row(y + std::max(0, dy)).subspan(static_cast<std::size_t>(std::max(0, dx)), count));
  }
  return moments.correlation();
}

// Where a parabola through three heights a step apart has its top, from the middle one.
double top_of(double before, double middle, double after) {
  const double bend = before - 2 * middle + after;
  if (bend >= 0) return 0;
  return std::clamp(0.5 * (before - after) / bend, -0.5, 0.5);
}

// The fit whose best whole shift is dx, dy, told to a fraction of a cell.
template <class Likeness>
StructureFit fit_at(const Likeness& at, int dx, int dy, int cell_px) {
  const double best = at(dx, dy);
  return {best, cell_px * (dx + top_of(at(dx - 1, dy), best, at(dx + 1, dy))),
          cell_px * (dy + top_of(at(dx, dy - 1), best, at(dx, dy + 1)))};
}

video::Image<float> columns_of(const video::Image<float>& edges, int first, int count) {
  video::Image<float> out(count, edges.height());
  for (int y = 0; y < edges.height(); ++y) {
    const auto from = edges.row(y).subspan(static_cast<std::size_t>(first));
    std::copy_n(from.begin(), count, out.row(y).begin());
  }
  return out;
}

}  // namespace

std::optional<Structure> structure_of(const video::Image<std::uint16_t>& picture, const Box& live) {
  const int cell = live.width >= kWidePicture_px ? kWideCell_px : kSmallCell_px;
  if (std::min(live.width, live.height) / cell < kFewestCells + 2) return std::nullopt;
  const video::Image<float> blocks = blocks_of(picture, live, cell);
  Structure out;
  out.cell_px = cell;
  out.edges = video::Image<float>(blocks.width() - 2, blocks.height() - 2);
  double sum = 0;
  double squares = 0;
  for (int y = 0; y < out.edges.height(); ++y) {
    for (int x = 0; x < out.edges.width(); ++x) {
      const float across = 0.5F * (blocks.at(x + 2, y + 1) - blocks.at(x, y + 1));
      const float down = 0.5F * (blocks.at(x + 1, y + 2) - blocks.at(x + 1, y));
      const float square = across * across + down * down;
      out.edges.at(x, y) = std::sqrt(square);
      sum += out.edges.at(x, y);
      squares += square;
    }
  }
  const auto cells = static_cast<double>(out.edges.pixels().size());
  out.steepness = std::sqrt(squares / cells);
  const auto usual = static_cast<float>(sum / cells + 1e-6);
  for (float& edge : out.edges.pixels()) edge /= edge + usual;
  return out;
}

double likeness(const video::Image<float>& reference, const video::Image<float>& edges) {
  return likeness_at(reference, edges, 0, 0);
}

StructureFit best_fit(const video::Image<float>& reference, const video::Image<float>& edges,
                      int cell_px, int reach_cells) {
  CHECK(reference.width() == edges.width() && reference.height() == edges.height());
  const int reach_x = std::min(reach_cells, edges.width() / 2);
  const int reach_y = std::min(reach_cells, edges.height() / 2);
  const double fewest = static_cast<double>(edges.pixels().size()) / 3;
  int best_x = 0;
  int best_y = 0;
  double best = likeness(reference, edges);
  for (int dy = -reach_y; dy <= reach_y; ++dy) {
    for (int dx = -reach_x; dx <= reach_x; ++dx) {
      const double common =
          double(edges.width() - std::abs(dx)) * double(edges.height() - std::abs(dy));
      if (common < fewest) continue;
      const double found = likeness_at(reference, edges, dx, dy);
      if (found <= best) continue;
      best = found;
      best_x = dx;
      best_y = dy;
    }
  }
  return fit_at([&](int dx, int dy) { return likeness_at(reference, edges, dx, dy); }, best_x,
                best_y, cell_px);
}

StructureFit near_fit(const video::Image<float>& reference, const video::Image<float>& edges,
                      int cell_px, int reach_cells) {
  CHECK(reference.width() == edges.width() && reference.height() == edges.height());
  std::map<std::pair<int, int>, double> known;
  const auto at = [&](int dx, int dy) {
    const auto [found, fresh] = known.try_emplace({dx, dy}, 0);
    if (fresh) found->second = likeness_at(reference, edges, dx, dy);
    return found->second;
  };
  int x = 0;
  int y = 0;
  for (bool climbing = true; climbing;) {
    const int from_x = x;
    const int from_y = y;
    for (int dy = from_y - 1; dy <= from_y + 1; ++dy) {
      for (int dx = from_x - 1; dx <= from_x + 1; ++dx) {
        if (std::abs(dx) > reach_cells || std::abs(dy) > reach_cells) continue;
        if (at(dx, dy) <= at(x, y)) continue;
        x = dx;
        y = dy;
      }
    }
    climbing = x != from_x || y != from_y;
  }
  return fit_at(at, x, y, cell_px);
}

std::optional<double> turn_rad(const video::Image<float>& reference,
                               const video::Image<float>& edges, double least_likeness) {
  const int half = edges.width() / 2;
  if (half < kFewestCells) return std::nullopt;
  const StructureFit left =
      best_fit(columns_of(reference, 0, half), columns_of(edges, 0, half), 1, kHalfReach_cells);
  const int from = edges.width() - half;
  const StructureFit right = near_fit(columns_of(reference, from, half),
                                      columns_of(edges, from, half), 1, kHalfReach_cells);
  if (std::min(left.likeness, right.likeness) < least_likeness) return std::nullopt;
  return std::atan2(right.shift_y_px - left.shift_y_px, static_cast<double>(from));
}

}  // namespace marsad::detect
