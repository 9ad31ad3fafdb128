// SPDX-License-Identifier: Apache-2.0
#include "detect/steep_points.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace marsad::detect {
namespace {

constexpr int kEdge_px = 2;

// Slopes by Sobel's masks: their middle is left out, so that a pixel's own noise does not make it
// look steep to one side.
float slope_x_at(const video::Image<float>& p, int x, int y) {
  return 0.125F *
             (p.at(x + 1, y - 1) - p.at(x - 1, y - 1) + p.at(x + 1, y + 1) - p.at(x - 1, y + 1)) +
         0.25F * (p.at(x + 1, y) - p.at(x - 1, y));
}

float slope_y_at(const video::Image<float>& p, int x, int y) {
  return 0.125F *
             (p.at(x - 1, y + 1) - p.at(x - 1, y - 1) + p.at(x + 1, y + 1) - p.at(x + 1, y - 1)) +
         0.25F * (p.at(x, y + 1) - p.at(x, y - 1));
}

// How steep the pixels x_begin to x_end - 1 of row y are: the square of the slope.
void steepness_of_row(const video::Image<float>& picture, int y, int x_begin, int x_end,
                      std::span<float> steepness) {
  const float* const above = picture.row(y - 1).data();
  const float* const here = picture.row(y).data();
  const float* const below = picture.row(y + 1).data();
  for (int x = x_begin; x < x_end; ++x) {
    const float right = above[x + 1] + 2 * here[x + 1] + below[x + 1];
    const float left = above[x - 1] + 2 * here[x - 1] + below[x - 1];
    const float up = above[x - 1] + 2 * above[x] + above[x + 1];
    const float down = below[x - 1] + 2 * below[x] + below[x + 1];
    steepness[static_cast<std::size_t>(x)] =
        (right - left) * (right - left) + (down - up) * (down - up);
  }
}

struct Pixel {
  int x = 0;
  int y = 0;
};

// The steepest pixel of each column of a row of cells.
struct Ridge {
  std::vector<float> steepness;
  std::vector<int> row;

  explicit Ridge(int width)
      : steepness(static_cast<std::size_t>(width)), row(static_cast<std::size_t>(width)) {}
  void start() { std::fill(steepness.begin(), steepness.end(), -1.0F); }
};

// Takes a row's pixels into the ridge.
void climb(std::span<const float> steepness, int y, Ridge& ridge) {
  float* const highest = ridge.steepness.data();
  int* const row = ridge.row.data();
  for (std::size_t x = 0; x < steepness.size(); ++x) {
    const bool is_higher = steepness[x] > highest[x];
    highest[x] = is_higher ? steepness[x] : highest[x];
    row[x] = is_higher ? y : row[x];
  }
}

// The steepest pixel of the ridge's columns from x on; of equal ones the first in the picture.
Pixel top_of(const Ridge& ridge, int x, int columns) {
  int best = x;
  const auto at = [](const auto& values, int i) { return values[static_cast<std::size_t>(i)]; };
  for (int i = x + 1; i < x + columns; ++i) {
    const float higher = at(ridge.steepness, i) - at(ridge.steepness, best);
    if (higher > 0 || (higher == 0 && at(ridge.row, i) < at(ridge.row, best))) best = i;
  }
  return {best, at(ridge.row, best)};
}

void append(const video::Image<float>& picture, const Pixel& pixel, SteepPoints& points) {
  points.from_x.push_back(static_cast<float>(pixel.x - points.middle.real()));
  points.from_y.push_back(static_cast<float>(pixel.y - points.middle.imag()));
  points.value.push_back(picture.at(pixel.x, pixel.y));
  points.slope_x.push_back(slope_x_at(picture, pixel.x, pixel.y));
  points.slope_y.push_back(slope_y_at(picture, pixel.x, pixel.y));
}

void measure_from_pivot(SteepPoints& points) {
  double sum = 0;
  for (const float value : points.value) sum += value;
  if (points.size() > 0)
    points.pivot = static_cast<float>(sum / static_cast<double>(points.size()));
  for (float& value : points.value) value -= points.pivot;
}

}  // namespace

SteepPoints steep_points(const video::Image<float>& picture, const Box& live, int count) {
  SteepPoints points;
  points.middle = middle_of(picture.width(), picture.height());
  points.live = live;
  points.radius_px = static_cast<float>(std::abs(points.middle)) + 1;
  const int left = live.x + kEdge_px;
  const int top = live.y + kEdge_px;
  const int width = live.width - 2 * kEdge_px;
  const int height = live.height - 2 * kEdge_px;
  if (width <= 0 || height <= 0) return points;
  const double area = static_cast<double>(width) * height;
  const int cell = std::max(1, static_cast<int>(std::lround(std::sqrt(area / count))));

  std::vector<float> steepness(static_cast<std::size_t>(picture.width()));
  Ridge ridge(picture.width());
  for (int row = 0; row < height / cell; ++row) {
    ridge.start();
    for (int y = top + row * cell; y < top + (row + 1) * cell; ++y) {
      steepness_of_row(picture, y, left, left + width, steepness);
      climb(steepness, y, ridge);
    }
    for (int column = 0; column < width / cell; ++column)
      append(picture, top_of(ridge, left + column * cell, cell), points);
  }
  measure_from_pivot(points);
  return points;
}

}  // namespace marsad::detect
