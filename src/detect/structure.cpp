// SPDX-License-Identifier: Apache-2.0
#include "detect/structure.h"

#include <algorithm>
#include <cmath>
#include <span>
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
    float sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
      sum_a += one[i];
      sum_b += other[i];
      sum_aa += one[i] * one[i];
      sum_bb += other[i] * other[i];
      sum_ab += one[i] * other[i];
    }
    n += static_cast<double>(one.size());
    a += sum_a;
    b += sum_b;
    aa += sum_aa;
    bb += sum_bb;
    ab += sum_ab;
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

Fit best_fit(const video::Image<float>& reference, const video::Image<float>& edges, int cell_px,
             int reach_cells) {
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
  const auto near = [&](int dx, int dy) {
    return likeness_at(reference, edges, best_x + dx, best_y + dy);
  };
  return {best, cell_px * (best_x + top_of(near(-1, 0), best, near(1, 0))),
          cell_px * (best_y + top_of(near(0, -1), best, near(0, 1)))};
}

std::optional<double> turn_rad(const video::Image<float>& reference,
                               const video::Image<float>& edges, double least_likeness) {
  const int half = edges.width() / 2;
  if (half < kFewestCells) return std::nullopt;
  const Fit left =
      best_fit(columns_of(reference, 0, half), columns_of(edges, 0, half), 1, kHalfReach_cells);
  const int from = edges.width() - half;
  const Fit right = best_fit(columns_of(reference, from, half), columns_of(edges, from, half), 1,
                             kHalfReach_cells);
  if (std::min(left.likeness, right.likeness) < least_likeness) return std::nullopt;
  return std::atan2(right.shift_y_px - left.shift_y_px, static_cast<double>(from));
}

}  // namespace marsad::detect
