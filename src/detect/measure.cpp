// SPDX-License-Identifier: Apache-2.0
#include "detect/measure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/classify.h"

namespace marsad::detect {
namespace {

// What the pixel grid, blur and the choice of pixels leave of error at the best of signals.
constexpr double kLeastSigma_px = 0.05;
// A ghost's edge in the frame is weaker than that in the background by at least so much.
constexpr double kGhostly = 0.8;
// Differences are means of nine pixels: their noise is a third of a pixel's, and neighbours share
// it, so that sums over many of them are as noisy as if each had the noise of a pixel.
constexpr double kShared = 3;

template <class Visit>
void each_pixel(const Component& component, Visit visit) {
  for (const Run& run : component.runs)
    for (int x = run.x_begin; x < run.x_end; ++x) visit(x, run.y);
}

template <class Visit>
void each_pixel(const std::vector<const Piece*>& pieces, Visit visit) {
  for (const Piece* piece : pieces) each_pixel(piece->component, visit);
}

}  // namespace

double peak_snr(const Component& component, const Background& background, const Unrest& unrest) {
  std::vector<float> factors(static_cast<std::size_t>(background.noise().width()));
  int y = -1;
  float peak = 0;
  each_pixel(component, [&](int x, int row) {
    if (row != y) unrest.row(row, factors);
    y = row;
    const float noise = background.noise().at(x, y) * factors[static_cast<std::size_t>(x)];
    peak = std::max(peak, std::abs(background.difference().at(x, y)) / noise);
  });
  return peak;
}

bool is_ghostly(const Component& component, const video::Image<float>& frame,
                const Background& background, const video::Image<std::uint8_t>& marks) {
  constexpr std::array<std::array<int, 2>, 4> kDirections = {{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
  // Differences are smeared over one pixel around a thing: its outline lies that far inside.
  constexpr int kOutside_px = 2;
  const video::Image<float>& mean = background.mean();
  double edge_of_frame = 0;
  double edge_of_background = 0;
  each_pixel(component, [&](int x, int y) {
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
      edge_of_frame += std::abs(frame.at(inner_x, inner_y) - frame.at(u, v));
      edge_of_background += std::abs(mean.at(inner_x, inner_y) - mean.at(u, v));
    }
  });
  return edge_of_frame < kGhostly * edge_of_background;
}

Detection measure(const std::vector<const Piece*>& pieces, const Background& background,
                  const Alignment& alignment) {
  const video::Image<float>& difference = background.difference();
  const video::Image<float>& noise = background.noise();
  double weights = 0;
  double sum_x = 0;
  double sum_y = 0;
  double contrast = 0;
  Detection detection;
  detection.box = pieces.front()->component.box;
  for (const Piece* piece : pieces) {
    detection.box = enclosing(detection.box, piece->component.box);
    detection.area_px += piece->component.area_px;
    detection.snr = std::max(detection.snr, piece->peak);
  }
  each_pixel(pieces, [&](int x, int y) {
    const double weight = std::abs(difference.at(x, y));
    weights += weight;
    sum_x += weight * x;
    sum_y += weight * y;
    contrast += difference.at(x, y);
  });
  const double mean_x = sum_x / weights;
  const double mean_y = sum_y / weights;

  sensor::CovPixel cov;
  each_pixel(pieces, [&](int x, int y) {
    const double share = kShared * noise.at(x, y) / weights;
    cov.uu += share * share * (x - mean_x) * (x - mean_x);
    cov.uv += share * share * (x - mean_x) * (y - mean_y);
    cov.vv += share * share * (y - mean_y) * (y - mean_y);
  });
  cov.uu += kLeastSigma_px * kLeastSigma_px;
  cov.vv += kLeastSigma_px * kLeastSigma_px;

  detection.centroid = {mean_x + alignment.shift_x_px, mean_y + alignment.shift_y_px};
  detection.cov_px2 = cov;
  detection.contrast = contrast * alignment.gain / detection.area_px;
  detection.box.x += static_cast<int>(std::lround(alignment.shift_x_px));
  detection.box.y += static_cast<int>(std::lround(alignment.shift_y_px));
  detection.classes = classify(detection.box, detection.area_px);
  return detection;
}

}  // namespace marsad::detect
