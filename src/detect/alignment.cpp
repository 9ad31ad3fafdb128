// SPDX-License-Identifier: Apache-2.0
#include "detect/alignment.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kCoarse = 4;     // px of the frame to one of the coarse picture
constexpr int kCell = 8;       // one fine point is taken from each cell of this many pixels
constexpr int kBorder_px = 4;  // kept from the edge of what is live: borders don't sway
constexpr int kSmallest_px = 32;
constexpr int kEven = 2;  // counts between pixels of an even border
constexpr double kReach_px = 8;
constexpr double kFurthestGain = 2;
constexpr double kUnfelt_px = 0.03;
constexpr double kShiftSigma_px = 1;  // what is expected before looking: the shift before,
constexpr double kGainSigma = 0.1;    // and a gain of 1
constexpr int kCoarseSteps = 4;
constexpr int kFineSteps = 3;

// The mean of blocks of kCoarse² pixels.
template <class T>
video::Image<float> coarse_picture(const video::Image<T>& picture) {
  const int width = picture.width() / kCoarse;
  const int height = picture.height() / kCoarse;
  video::Image<float> coarse(width, height);
  std::vector<float> sums(static_cast<std::size_t>(picture.width()));
  for (int y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int i = 0; i < kCoarse; ++i) {
      const std::span<const T> row = picture.row(kCoarse * y + i);
      for (std::size_t x = 0; x < row.size(); ++x) sums[x] += static_cast<float>(row[x]);
    }
    const std::span<float> out = coarse.row(y);
    for (std::size_t x = 0; x < out.size(); ++x) {
      const float* s = &sums[kCoarse * x];
      out[x] = (s[0] + s[1] + s[2] + s[3]) * (1.0F / (kCoarse * kCoarse));
    }
  }
  return coarse;
}

template <class T>
float sample(const video::Image<T>& picture, double x, double y) {
  const double left = std::floor(x);
  const double top = std::floor(y);
  const auto fx = static_cast<float>(x - left);
  const auto fy = static_cast<float>(y - top);
  const int x0 = std::clamp(static_cast<int>(left), 0, picture.width() - 1);
  const int x1 = std::min(x0 + 1, picture.width() - 1);
  const int y0 = std::clamp(static_cast<int>(top), 0, picture.height() - 1);
  const int y1 = std::min(y0 + 1, picture.height() - 1);
  const auto at = [&](int u, int v) { return static_cast<float>(picture.at(u, v)); };
  const float upper = at(x0, y0) + fx * (at(x1, y0) - at(x0, y0));
  const float lower = at(x0, y1) + fx * (at(x1, y1) - at(x0, y1));
  return upper + fy * (lower - upper);
}

Aligner::Point point_at(const video::Image<float>& picture, int x, int y) {
  return {x, y, picture.at(x, y), 0.5F * (picture.at(x + 1, y) - picture.at(x - 1, y)),
          0.5F * (picture.at(x, y + 1) - picture.at(x, y - 1))};
}

float steepness(const Aligner::Point& p) { return p.slope_x * p.slope_x + p.slope_y * p.slope_y; }

// The point of a cell where the background is steepest.
Aligner::Point steepest(const video::Image<float>& picture, int left, int top) {
  Aligner::Point best = point_at(picture, left, top);
  for (int y = top; y < top + kCell; ++y) {
    for (int x = left; x < left + kCell; ++x) {
      const Aligner::Point point = point_at(picture, x, y);
      if (steepness(point) > steepness(best)) best = point;
    }
  }
  return best;
}

// One step of iteratively reweighted least squares over what `picture` shows at the points.
// `pivot` is the points' mean value: it parts the gain from the offset, which is that at the pivot.
template <class T>
void improve(std::span<const Aligner::Point> points, double pivot, const video::Image<T>& picture,
             Alignment& a) {
  std::vector<float> differences(points.size());
  double scale = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Aligner::Point& p = points[i];
    const double expected = a.gain * (p.value - pivot) + a.offset;
    const double seen = sample(picture, p.x + a.shift_x_px, p.y + a.shift_y_px);
    differences[i] = static_cast<float>(seen - expected);
    scale += std::abs(seen - expected);
  }
  scale = 2 * scale / static_cast<double>(points.size()) + 1e-3;

  Eigen::Matrix4d normal = Eigen::Matrix4d::Zero();
  Eigen::Vector4d right = Eigen::Vector4d::Zero();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Aligner::Point& p = points[i];
    const Eigen::Vector4d slope(a.gain * p.slope_x, a.gain * p.slope_y, p.value - pivot, 1);
    const double relative = differences[i] / scale;
    const double weight = 1 / (1 + relative * relative);
    normal.noalias() += weight * slope * slope.transpose();
    right.noalias() += weight * differences[i] * slope;
  }
  const double variance = scale * scale;
  normal(0, 0) += variance / (kShiftSigma_px * kShiftSigma_px);
  normal(1, 1) += variance / (kShiftSigma_px * kShiftSigma_px);
  normal(2, 2) += variance / (kGainSigma * kGainSigma);
  right(2) += variance / (kGainSigma * kGainSigma) * (1 - a.gain);
  const Eigen::Vector4d step = normal.ldlt().solve(right);
  a.shift_x_px -= step(0);
  a.shift_y_px -= step(1);
  a.gain += step(2);
  a.offset += step(3);
}

double mean_value(std::span<const Aligner::Point> points) {
  double sum = 0;
  for (const Aligner::Point& p : points) sum += p.value;
  return sum / static_cast<double>(points.size());
}

bool within_reach(const Alignment& a) {
  return std::isfinite(a.offset) && std::abs(a.shift_x_px) <= kReach_px &&
         std::abs(a.shift_y_px) <= kReach_px && a.gain < kFurthestGain &&
         a.gain > 1 / kFurthestGain;
}

bool even(const video::Image<std::uint16_t>& frame, int x, int y, int step_x, int step_y) {
  const std::uint16_t first = frame.at(x, y);
  for (; x < frame.width() && y < frame.height(); x += step_x, y += step_y) {
    if (std::abs(frame.at(x, y) - first) > kEven) return false;
  }
  return true;
}

}  // namespace

Aligner::Aligner(const video::Image<float>& background, const Box& live) : live_(live) {
  set_background(background);
}

void Aligner::set_background(const video::Image<float>& background) {
  coarse_.clear();
  fine_.clear();
  const int left = live_.x + kBorder_px;
  const int top = live_.y + kBorder_px;
  const int right = live_.x + live_.width - kBorder_px;
  const int bottom = live_.y + live_.height - kBorder_px;
  if (right - left < kSmallest_px || bottom - top < kSmallest_px) return;

  const video::Image<float> coarse = coarse_picture(background);
  for (int y = top / kCoarse + 1; y < bottom / kCoarse - 1; y += 2) {
    for (int x = left / kCoarse + 1; x < right / kCoarse - 1; x += 2)
      coarse_.push_back(point_at(coarse, x, y));
  }
  for (int y = top; y + kCell <= bottom; y += kCell) {
    for (int x = left; x + kCell <= right; x += kCell) fine_.push_back(steepest(background, x, y));
  }
}

std::optional<Alignment> Aligner::align(const video::Image<std::uint16_t>& frame,
                                        const Alignment& before) const {
  if (fine_.empty()) return Alignment{};
  const double pivot = mean_value(coarse_);
  Alignment a = before;
  a.offset += a.gain * pivot;
  a.shift_x_px /= kCoarse;
  a.shift_y_px /= kCoarse;
  const video::Image<float> coarse = coarse_picture(frame);
  for (int i = 0; i < kCoarseSteps; ++i) improve(std::span(coarse_), pivot, coarse, a);
  a.shift_x_px *= kCoarse;
  a.shift_y_px *= kCoarse;
  if (!within_reach(a)) return std::nullopt;

  for (int i = 0; i < kFineSteps; ++i) improve(std::span(fine_), pivot, frame, a);
  if (!within_reach(a)) return std::nullopt;
  a.offset -= a.gain * pivot;
  return a;
}

void straighten(const video::Image<std::uint16_t>& frame, const Alignment& alignment,
                video::Image<float>& straightened) {
  const bool still =
      std::abs(alignment.shift_x_px) < kUnfelt_px && std::abs(alignment.shift_y_px) < kUnfelt_px;
  const int dx = still ? 0 : static_cast<int>(std::floor(alignment.shift_x_px));
  const int dy = still ? 0 : static_cast<int>(std::floor(alignment.shift_y_px));
  const float fx = still ? 0 : static_cast<float>(alignment.shift_x_px - dx);
  const float fy = still ? 0 : static_cast<float>(alignment.shift_y_px - dy);
  const auto scale = static_cast<float>(1 / alignment.gain);
  const auto offset = static_cast<float>(alignment.offset);
  const int width = frame.width();
  const int last = frame.height() - 1;

  // One row blended from two, with its ends repeated so that the shift needs no care at them.
  constexpr int kPad = static_cast<int>(kReach_px) + 1;
  std::vector<float> blended(static_cast<std::size_t>(width + 2 * kPad));
  for (int y = 0; y <= last; ++y) {
    const std::span<const std::uint16_t> upper = frame.row(std::clamp(y + dy, 0, last));
    const std::span<const std::uint16_t> lower = frame.row(std::clamp(y + dy + 1, 0, last));
    float* const middle = blended.data() + kPad;
    for (std::size_t x = 0; x < upper.size(); ++x) {
      const auto above = static_cast<float>(upper[x]);
      const auto below = static_cast<float>(lower[x]);
      middle[x] = (above + fy * (below - above) - offset) * scale;
    }
    std::fill(blended.data(), middle, middle[0]);
    std::fill(middle + width, blended.data() + blended.size(), middle[width - 1]);

    const float* const source = middle + dx;
    const std::span<float> out = straightened.row(y);
    for (std::size_t x = 0; x < out.size(); ++x)
      out[x] = source[x] + fx * (source[x + 1] - source[x]);
  }
}

Box live_part(const video::Image<std::uint16_t>& frame) {
  int left = 0;
  int right = frame.width();
  int top = 0;
  int bottom = frame.height();
  while (left < right && even(frame, left, 0, 0, 1)) ++left;
  while (left < right && even(frame, right - 1, 0, 0, 1)) --right;
  while (top < bottom && even(frame, 0, top, 1, 0)) ++top;
  while (top < bottom && even(frame, 0, bottom - 1, 1, 0)) --bottom;
  if (left == right || top == bottom) return {0, 0, frame.width(), frame.height()};
  return {left, top, right - left, bottom - top};
}

}  // namespace marsad::detect
