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
  float steepness = -1;
};

// Takes the row's pixels into the steepest so far of each cell.
void climb(std::span<const float> steepness, int y, int x_begin, int cell, std::span<Pixel> best) {
  int x = x_begin;
  for (Pixel& pixel : best) {
    const auto from = steepness.begin() + x;
    const auto highest = std::max_element(from, from + cell);
    if (*highest > pixel.steepness) pixel = {x + static_cast<int>(highest - from), y, *highest};
    x += cell;
  }
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
  std::vector<Pixel> best(static_cast<std::size_t>(width / cell));
  for (int row = 0; row < height / cell; ++row) {
    std::fill(best.begin(), best.end(), Pixel{});
    for (int y = top + row * cell; y < top + (row + 1) * cell; ++y) {
      steepness_of_row(picture, y, left, left + width, steepness);
      climb(steepness, y, left, cell, best);
    }
    for (const Pixel& pixel : best) append(picture, pixel, points);
  }
  measure_from_pivot(points);
  return points;
}

}  // namespace marsad::detect
