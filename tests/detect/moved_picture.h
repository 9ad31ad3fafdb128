// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

#include "detect/detection.h"
#include "detect/similarity.h"
#include "video/image.h"

namespace marsad::test {

// Lanczos' window of six pixels: finer than the bilinear interpolation that is under test.
inline double lanczos(double x) {
  constexpr double kReach = 3;
  if (std::abs(x) < 1e-9) return 1;
  if (std::abs(x) >= kReach) return 0;
  const double p = std::numbers::pi * x;
  return kReach * std::sin(p) * std::sin(p / kReach) / (p * p);
}

// What a picture shows between its pixels; beyond its edge, what it has at the edge.
inline double shown_at(const video::Image<double>& picture, double x, double y) {
  const int left = static_cast<int>(std::floor(x)) - 2;
  const int top = static_cast<int>(std::floor(y)) - 2;
  double sum = 0;
  double weights = 0;
  for (int v = top; v < top + 6; ++v) {
    const double across = lanczos(y - v);
    for (int u = left; u < left + 6; ++u) {
      const double weight = across * lanczos(x - u);
      weights += weight;
      sum += weight * picture.at(std::clamp(u, 0, picture.width() - 1),
                                 std::clamp(v, 0, picture.height() - 1));
    }
  }
  return sum / weights;
}

// How the counts of a moved picture differ from the counts it was made from.
struct Counts {
  double gain = 1;
  double offset = 0;
  double noise = 0;  // one sigma
};

// The crop `box` of `whole`, moved so that moved(similarity(p)) = gain * crop(p) + offset.
inline video::Image<std::uint16_t> moved_crop(const video::Image<std::uint16_t>& whole,
                                              const detect::Box& box,
                                              const detect::Similarity& similarity,
                                              const Counts& counts, std::mt19937& random) {
  video::Image<double> picture(whole.width(), whole.height());
  std::copy(whole.pixels().begin(), whole.pixels().end(), picture.pixels().begin());
  video::Image<std::uint16_t> moved(box.width, box.height);
  const detect::Place middle = detect::middle_of(box.width, box.height);
  const detect::Similarity back = detect::inverse(similarity);
  std::normal_distribution<double> noise(0, 1);
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const detect::Place from = detect::apply(back, middle, detect::Place(x, y));
      const double shown = shown_at(picture, from.real() + box.x, from.imag() + box.y);
      const double count = counts.gain * shown + counts.offset + counts.noise * noise(random);
      moved.at(x, y) = static_cast<std::uint16_t>(std::clamp(std::round(count), 0.0, 65535.0));
    }
  }
  return moved;
}

// How far apart two similarities put the places of a picture: the root of the mean square over a
// grid, px.
inline double distance_px(const detect::Similarity& a, const detect::Similarity& b, int width,
                          int height) {
  const detect::Place middle = detect::middle_of(width, height);
  double sum = 0;
  for (int i = 0; i <= 4; ++i)
    for (int j = 0; j <= 4; ++j) {
      const detect::Place place(0.25 * i * (width - 1), 0.25 * j * (height - 1));
      sum += std::norm(detect::apply(a, middle, place) - detect::apply(b, middle, place));
    }
  return std::sqrt(sum / 25);
}

}  // namespace marsad::test
