// SPDX-License-Identifier: Apache-2.0
#include "detect/alignment.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "detect/fit_sums.h"

namespace marsad::detect {
namespace {

constexpr int kCoarse = 4;     // px of the frame to one of the coarse picture
constexpr int kCell = 8;       // one fine point is taken from each cell of this many pixels
constexpr int kBorder_px = 4;  // kept from the edge of what is live: borders don't sway
constexpr int kSmallest_px = 32;
constexpr int kEven = 2;  // counts between pixels of an even border
constexpr double kFurthestGain = 2;
// A gain of 1 is expected as firmly as a picture with a contrast of so many times the residuals can
// tell it. The background's own noise looks like contrast that the frame has lost; without this a
// picture that shows nothing would have no gain at all.
constexpr double kToldContrast = 1;
// A shift is sought when the chance of the slopes explaining the differences so well is e^-12:
// where there is nothing to see, the best fit to noise is a shift as well.
constexpr double kTelling = 24;  // of chi square with two degrees of freedom
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

// Twice the mean magnitude of differences: beyond it they are outliers.
double scale_of(const std::vector<double>& differences) {
  double sum = 0;
  for (const double difference : differences) sum += std::abs(difference);
  return 2 * sum / static_cast<double>(differences.size()) + 1e-3;
}

// What `picture` shows at the points, less what is expected there. `pivot` is the points' mean
// value: it parts the gain from the offset, which is that at the pivot.
template <class T>
std::vector<double> differences_at(std::span<const Aligner::Point> points, double pivot,
                                   const video::Image<T>& picture, const Alignment& a) {
  std::vector<double> differences(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Aligner::Point& p = points[i];
    const double expected = a.gain * (p.value - pivot) + a.offset;
    differences[i] = sample(picture, p.x + a.shift_x_px, p.y + a.shift_y_px) - expected;
  }
  return differences;
}

double weight_of(double difference, double scale) {
  return 1 / (1 + difference * difference / (scale * scale));
}

// Twice the mean difference, beyond which differences are outliers.
float scale_of(const Fitted& fitted) { return 2 * mean_difference(fitted) + 1e-3F; }

// How surely the slopes explain the differences as a shift: chi square, each point by its own
// difference as its noise. It needs no picture between pixels, where interpolation smooths noise.
double shift_told(const Fitted& fitted, std::span<const float> slopes_x,
                  std::span<const float> slopes_y) {
  const ShiftSums sums = shift_sums(fitted, scale_of(fitted), slopes_x, slopes_y);
  const Eigen::Vector2d sum(sums.x, sums.y);
  Eigen::Matrix2d spread;
  spread << sums.xx + 1e-9, sums.xy, sums.xy, sums.yy + 1e-9;
  return sum.dot(spread.ldlt().solve(sum));
}

// One step of iteratively reweighted least squares over gain and level alone.
void improve_gain(Fitted& fitted) {
  const double scale = scale_of(fitted);
  const GainSums sums = gain_sums(fitted, static_cast<float>(scale));
  const double weight = sums.weight;
  const double value = sums.value;
  const double firmness = kToldContrast * kToldContrast * scale * scale * weight;
  const double squares = sums.squared_value + firmness;
  const double product = sums.value_difference + firmness * (1 - fitted.gain);
  const double determinant = squares * weight - value * value;
  fitted.gain += static_cast<float>((product * weight - sums.difference * value) / determinant);
  fitted.level += static_cast<float>((squares * sums.difference - value * product) / determinant);
}

// One step of iteratively reweighted least squares over shift, gain and offset.
template <class T>
void improve(std::span<const Aligner::Point> points, double pivot, const video::Image<T>& picture,
             Alignment& a) {
  const std::vector<double> differences = differences_at(points, pivot, picture, a);
  const double scale = scale_of(differences);
  Eigen::Matrix4d normal = Eigen::Matrix4d::Zero();
  Eigen::Vector4d right = Eigen::Vector4d::Zero();
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Aligner::Point& p = points[i];
    const Eigen::Vector4d slope(a.gain * p.slope_x, a.gain * p.slope_y, p.value - pivot, 1);
    const double weight = weight_of(differences[i], scale);
    normal.noalias() += weight * slope * slope.transpose();
    right.noalias() += weight * differences[i] * slope;
  }
  const double variance = scale * scale;
  const double firmness = kToldContrast * kToldContrast * variance * normal(3, 3);
  normal(2, 2) += firmness;
  right(2) += firmness * (1 - a.gain);
  // As much is known of the shift as a single point of this steepness could tell, so that an even
  // picture has a solution.
  normal(0, 0) += variance;
  normal(1, 1) += variance;
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
  return std::isfinite(a.offset) && std::abs(a.shift_x_px) <= Alignment::kReach_px &&
         std::abs(a.shift_y_px) <= Alignment::kReach_px && a.gain < kFurthestGain &&
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

bool Alignment::is_still() const {
  constexpr double kUnfelt_px = 0.03;
  return std::abs(shift_x_px) < kUnfelt_px && std::abs(shift_y_px) < kUnfelt_px;
}

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
  pivot_ = mean_value(fine_);
  places_.clear();
  values_.clear();
  slopes_x_.clear();
  slopes_y_.clear();
  for (const Point& p : fine_) {
    places_.push_back(static_cast<std::uint32_t>(p.y * background.width() + p.x));
    values_.push_back(static_cast<float>(p.value - pivot_));
    slopes_x_.push_back(p.slope_x);
    slopes_y_.push_back(p.slope_y);
  }
}

// What the frame shows where the points lie under an alignment.
std::vector<float> Aligner::seen_at_points(const video::Image<std::uint16_t>& frame,
                                           const Alignment& a) const {
  std::vector<float> seen(fine_.size());
  if (a.shift_x_px == 0 && a.shift_y_px == 0) {  // as most frames of a firm mast are
    const std::span<const std::uint16_t> pixels = frame.pixels();
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = pixels[places_[i]];
    return seen;
  }
  for (std::size_t i = 0; i < seen.size(); ++i)
    seen[i] = sample(frame, fine_[i].x + a.shift_x_px, fine_[i].y + a.shift_y_px);
  return seen;
}

std::optional<Alignment> Aligner::align(const video::Image<std::uint16_t>& frame,
                                        const Alignment& before) const {
  if (fine_.empty()) return Alignment{};
  const std::vector<float> seen = seen_at_points(frame, before);
  Fitted fitted{seen, values_, static_cast<float>(before.gain),
                static_cast<float>(before.offset + before.gain * pivot_)};
  for (int i = 0; i < kFineSteps; ++i) improve_gain(fitted);
  const Alignment stays{before.shift_x_px, before.shift_y_px, fitted.gain, fitted.level};
  Alignment found = stays;
  if (shift_told(fitted, slopes_x_, slopes_y_) > kTelling) {
    Alignment moves = stays;
    moves.shift_x_px /= kCoarse;
    moves.shift_y_px /= kCoarse;
    const video::Image<float> coarse = coarse_picture(frame);
    for (int i = 0; i < kCoarseSteps; ++i) improve(std::span(coarse_), pivot_, coarse, moves);
    moves.shift_x_px *= kCoarse;
    moves.shift_y_px *= kCoarse;
    for (int i = 0; i < kFineSteps && within_reach(moves); ++i)
      improve(std::span(fine_), pivot_, frame, moves);
    const bool is_better =
        within_reach(moves) && scale_of(differences_at(std::span(fine_), pivot_, frame, moves)) <
                                   scale_of(differences_at(std::span(fine_), pivot_, frame, stays));
    if (is_better) found = moves;
  }
  if (!within_reach(found)) return std::nullopt;
  found.offset -= found.gain * pivot_;
  return found;
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
