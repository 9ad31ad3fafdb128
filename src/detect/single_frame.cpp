// SPDX-License-Identifier: Apache-2.0
#include "detect/single_frame.h"

#include <algorithm>
#include <cmath>

#include "detect/classify.h"

namespace marsad::detect {
namespace {

constexpr double kLeastContrast = 6;  // counts; compressed video has patches of some
constexpr int kJump_frames = 3;       // that a picture which only jumps fits no background
// While the camera moves, what stands on the ground moves too, and what it follows stands.
constexpr ConfirmationSettings kConfirmation{3, 10, 48, 0, 3};
// What the pixel grid, blur and the choice of pixels leave of error at the best of signals.
constexpr double kLeastSigma_px = 0.05;

int area_px(const Candidate& candidate) {
  int area = 0;
  for (const Run& run : candidate.runs) area += run.x_end - run.x_begin;
  return area;
}

}  // namespace

SingleFrame::SingleFrame(double sensitivity, int smallest_area_px)
    : smallest_area_px_(smallest_area_px), confirmation_(kConfirmation) {
  settings_.threshold_snr *= std::exp2(1 - 2 * sensitivity);
  settings_.least_contrast = kLeastContrast;
}

std::vector<Candidate> SingleFrame::process(const video::Frame& frame) {
  std::vector<Candidate> candidates = find_small_targets(frame.counts, settings_);
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return area_px(candidate) < smallest_area_px_; });
  std::vector<Candidate> confirmed = confirmation_.process(candidates);
  if (++frames_ <= kJump_frames) confirmed.clear();
  return confirmed;
}

void SingleFrame::skip() {
  if (frames_ > 0) (void)confirmation_.process({});
  frames_ = 0;
}

void SingleFrame::forget() {
  confirmation_ = Confirmation(kConfirmation);
  frames_ = 0;
}

Detection measure(const Candidate& candidate, const video::Image<std::uint16_t>& frame) {
  const double sign = candidate.contrast < 0 ? -1 : 1;
  double peak = sign * frame.at(candidate.runs.front().x_begin, candidate.runs.front().y);
  each_pixel(candidate.runs, [&](int x, int y) { peak = std::max(peak, sign * frame.at(x, y)); });
  const double around = sign * peak - candidate.contrast;
  double weights = 0;
  each_pixel(candidate.runs, [&](int x, int y) { weights += sign * (frame.at(x, y) - around); });

  Detection detection;
  detection.box = candidate.box;
  detection.centroid = candidate.centroid;
  detection.area_px = area_px(candidate);
  detection.contrast = sign * weights / detection.area_px;
  detection.snr = candidate.snr;
  const double share = std::abs(candidate.contrast) / candidate.snr / weights;
  sensor::CovPixel& cov = detection.cov_px2;
  each_pixel(candidate.runs, [&](int x, int y) {
    const double across = x - candidate.centroid.u;
    const double down = y - candidate.centroid.v;
    cov.uu += share * share * across * across;
    cov.uv += share * share * across * down;
    cov.vv += share * share * down * down;
  });
  cov.uu += kLeastSigma_px * kLeastSigma_px;
  cov.vv += kLeastSigma_px * kLeastSigma_px;
  detection.classes = classify(detection.box, detection.area_px);
  return detection;
}

}  // namespace marsad::detect
