// SPDX-License-Identifier: Apache-2.0
#include "detect/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "detect/classify.h"
#include "detect/rim.h"

namespace marsad::detect {
namespace {

// What the pixel grid, blur and the choice of pixels leave of error at the best of signals.
constexpr double kLeastSigma_px = 0.05;
// Differences are means of nine pixels: their noise is a third of a pixel's, and neighbours share
// it, so that sums over many of them are as noisy as if each had the noise of a pixel.
constexpr double kShared = 3;

template <class Visit>
void each_run(const std::vector<const Piece*>& pieces, Visit visit) {
  for (const Piece* piece : pieces)
    for (const Run& run : piece->component.runs) visit(run);
}

template <class Visit>
void each_pixel(const std::vector<const Piece*>& pieces, Visit visit) {
  for (const Piece* piece : pieces) each_pixel(piece->component.runs, visit);
}

Box enclosing(const std::vector<const Piece*>& pieces) {
  Box box = pieces.front()->component.box;
  for (const Piece* piece : pieces) box = enclosing(box, piece->component.box);
  return box;
}

// The lowest and the highest of some places along a line.
struct Extent {
  int low = std::numeric_limits<int>::max();
  int high = std::numeric_limits<int>::min();
  void add(int begin, int end) {
    low = std::min(low, begin);
    high = std::max(high, end - 1);
  }
  bool holds(int place) const { return low <= place && place <= high; }
};

}  // namespace

Detection measure(const std::vector<const Piece*>& pieces, const Background& background,
                  const FrameOver& frame) {
  const video::Image<float>& noise = background.noise();
  double weights = 0;
  double sum_x = 0;
  double sum_y = 0;
  double contrast = 0;
  Detection detection;
  detection.box = enclosing(pieces);
  for (const Piece* piece : pieces) {
    detection.area_px += piece->component.area_px;
    detection.snr = std::max(detection.snr, piece->peak);
  }
  each_pixel(pieces, [&](int x, int y) {
    const double weight = std::abs(background.difference(x, y));
    weights += weight;
    sum_x += weight * x;
    sum_y += weight * y;
    contrast += background.difference(x, y);
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

  const Place centroid = apply(frame.similarity, frame.middle, {mean_x, mean_y});
  detection.centroid = {centroid.real(), centroid.imag()};
  detection.cov_px2 = cov;
  detection.contrast = contrast * frame.gain / detection.area_px;
  detection.box =
      moved(with_rim(detection.box, contrast > 0, background), frame.similarity, frame.middle);
  detection.classes = classify(detection.box, detection.area_px);
  return detection;
}

void paint_outline(const std::vector<const Piece*>& pieces, const FrameOver& frame,
                   video::Image<std::uint8_t>& mask) {
  const Box box = enclosing(pieces);
  const Box in_frame = moved(box, frame.similarity, frame.middle);
  const int dx = in_frame.x - box.x;
  const int dy = in_frame.y - box.y;
  std::vector<Extent> columns(static_cast<std::size_t>(box.width));
  std::vector<Extent> rows(static_cast<std::size_t>(box.height));
  each_run(pieces, [&](const Run& run) {
    rows[static_cast<std::size_t>(run.y - box.y)].add(run.x_begin, run.x_end);
    for (int x = run.x_begin; x < run.x_end; ++x)
      columns[static_cast<std::size_t>(x - box.x)].add(run.y, run.y + 1);
  });
  for (int y = box.y; y < box.y + box.height; ++y) {
    if (y + dy < 0 || y + dy >= mask.height()) continue;
    for (int x = box.x; x < box.x + box.width; ++x) {
      if (x + dx < 0 || x + dx >= mask.width()) continue;
      if (rows[static_cast<std::size_t>(y - box.y)].holds(x) ||
          columns[static_cast<std::size_t>(x - box.x)].holds(y))
        mask.at(x + dx, y + dy) = 255;
    }
  }
}

}  // namespace marsad::detect
