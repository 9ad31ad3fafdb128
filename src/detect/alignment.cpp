// SPDX-License-Identifier: Apache-2.0
#include "detect/alignment.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "detect/components.h"
#include "detect/fit_sums.h"

namespace marsad::detect {
namespace {

constexpr int kCoarse = 4;       // px of the frame to one of the coarse picture
constexpr int kFine = 64;        // pixels for each fine point
constexpr int kCoarsePoint = 4;  // and coarse ones for each coarse point
constexpr int kBorder_px = 4;    // kept from the edge of what is live: borders don't sway
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
// A frame that fits so many times worse than the one before may have moved further than the slopes
// can tell; it has where a shift makes it fit again.
constexpr double kWorse = 1.6;
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

// A fit to the points of one picture.
struct ShiftFit {
  double shift_x_px = 0;
  double shift_y_px = 0;
  double gain = 1;
  double level = 0;  // counts expected where the points have their mean value
};

Fitted fitted_by(const ShiftFit& fit, const FitPoints& points, std::span<const float> seen) {
  return {seen, points.steep.value, static_cast<float>(fit.gain), static_cast<float>(fit.level)};
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

bool within_reach(const ShiftFit& fit, double reach_px) {
  return std::isfinite(fit.level) && std::abs(fit.shift_x_px) <= reach_px &&
         std::abs(fit.shift_y_px) <= reach_px && fit.gain < kFurthestGain &&
         fit.gain > 1 / kFurthestGain;
}

// So many steps of iteratively reweighted least squares over shift, gain and level; false where
// they lead out of reach.
template <class T>
bool improve(const FitPoints& points, const video::Image<T>& picture, int steps, double reach_px,
             ShiftFit& fit) {
  for (int i = 0; i < steps; ++i) {
    const std::vector<float> seen = seen_at(points, picture, fit.shift_x_px, fit.shift_y_px);
    const Fitted fitted = fitted_by(fit, points, seen);
    const float scale = scale_of(fitted);
    const MotionSums sums = motion_sums(fitted, scale, points.steep.slope_x, points.steep.slope_y);
    Eigen::Matrix4d normal;
    Eigen::Vector4d right;
    std::size_t entry = 0;
    for (int row = 0; row < 4; ++row) {
      right(row) = sums.right[static_cast<std::size_t>(row)];
      for (int column = 0; column <= row; ++column)
        normal(row, column) = normal(column, row) = sums.normal[entry++];
    }
    // The frame's slopes are the background's times the gain.
    const Eigen::Vector4d gains(fit.gain, fit.gain, 1, 1);
    normal = gains.asDiagonal() * normal * gains.asDiagonal();
    right = gains.cwiseProduct(right);
    const double variance = static_cast<double>(scale) * scale;
    const double firmness = kToldContrast * kToldContrast * variance * normal(3, 3);
    normal(2, 2) += firmness;
    right(2) += firmness * (1 - fit.gain);
    // As much is known of the shift as a single point of this steepness could tell, so that an even
    // picture has a solution.
    normal(0, 0) += variance;
    normal(1, 1) += variance;
    const Eigen::Vector4d step = normal.ldlt().solve(right);
    fit.shift_x_px -= step(0);
    fit.shift_y_px -= step(1);
    fit.gain += step(2);
    fit.level += step(3);
    if (!within_reach(fit, reach_px)) return false;
  }
  return true;
}

// The mean difference that a fit leaves, counts.
float left_over(const FitPoints& points, const video::Image<std::uint16_t>& frame,
                const ShiftFit& fit) {
  const std::vector<float> seen = seen_at(points, frame, fit.shift_x_px, fit.shift_y_px);
  return mean_difference(fitted_by(fit, points, seen));
}

// Fits a moved frame, first on pictures of a quarter of the size; none where it runs out of reach.
std::optional<ShiftFit> follow(const video::Image<std::uint16_t>& frame, const FitPoints& coarse,
                               const FitPoints& fine, ShiftFit fit) {
  const double between = coarse.steep.pivot - fine.steep.pivot;
  fit.shift_x_px /= kCoarse;
  fit.shift_y_px /= kCoarse;
  fit.level += fit.gain * between;
  constexpr double kReach = Alignment::kReach_px;
  if (!improve(coarse, coarse_picture(frame), kCoarseSteps, kReach / kCoarse, fit))
    return std::nullopt;
  fit.shift_x_px *= kCoarse;
  fit.shift_y_px *= kCoarse;
  fit.level -= fit.gain * between;
  if (!improve(fine, frame, kFineSteps, kReach, fit)) return std::nullopt;
  return fit;
}

// Pixels lost at the lower and the higher end of `live` along one axis, of a picture of `size`,
// when the picture is shifted. A border that does not shift along spoils what is beside it too.
std::array<int, 2> lost_px(double shift, bool is_still, int live, int live_size, int size) {
  const int away = is_still ? 0 : static_cast<int>(std::ceil(std::abs(shift)));
  const int beside = is_still ? 0 : 1;
  return {(live > 0 ? beside : 0) + (shift < 0 ? away : 0),
          (live + live_size < size ? beside : 0) + (shift > 0 ? away : 0)};
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
  const Box inner = grown(live_, -kBorder_px);
  coarse_ = fine_ = {};
  if (inner.width < kSmallest_px || inner.height < kSmallest_px) return;
  fine_ =
      fit_points(background, inner, Alignment::kReach_px + 1, inner.width * inner.height / kFine);
  const Box coarse{inner.x / kCoarse, inner.y / kCoarse, inner.width / kCoarse,
                   inner.height / kCoarse};
  coarse_ = fit_points(coarse_picture(background), coarse, Alignment::kReach_px / kCoarse + 1,
                       coarse.width * coarse.height / kCoarsePoint);
}

std::optional<Alignment> Aligner::align(const video::Image<std::uint16_t>& frame,
                                        const Alignment& before) const {
  if (fine_.places.empty()) return Alignment{};
  constexpr double kReach = Alignment::kReach_px;
  const double pivot = fine_.steep.pivot;
  ShiftFit found{std::clamp(before.shift_x_px, -kReach, kReach),
                 std::clamp(before.shift_y_px, -kReach, kReach), before.gain,
                 before.offset + before.gain * pivot};
  const std::vector<float> seen = seen_at(fine_, frame, found.shift_x_px, found.shift_y_px);
  Fitted stays = fitted_by(found, fine_, seen);
  for (int i = 0; i < kFineSteps; ++i) improve_gain(stays);
  found.gain = stays.gain;
  found.level = stays.level;
  double remains = mean_difference(stays);
  const bool is_told = shift_told(stays, fine_.steep.slope_x, fine_.steep.slope_y) > kTelling;
  const double usual = before.left_over > 0 ? kWorse * before.left_over : remains;
  if (is_told || remains > usual) {
    const std::optional<ShiftFit> moved = follow(frame, coarse_, fine_, found);
    const double would_remain = moved ? left_over(fine_, frame, *moved) : remains;
    if (would_remain < (is_told ? remains : usual)) {
      found = *moved;
      remains = would_remain;
    }
  }
  if (!within_reach(found, kReach)) return std::nullopt;
  return Alignment{found.shift_x_px, found.shift_y_px, found.gain, found.level - found.gain * pivot,
                   remains};
}

Box in_view(const Box& live, const Alignment& alignment, int width, int height) {
  const bool still = alignment.is_still();
  const auto [left, right] = lost_px(alignment.shift_x_px, still, live.x, live.width, width);
  const auto [top, bottom] = lost_px(alignment.shift_y_px, still, live.y, live.height, height);
  return {live.x + left, live.y + top, live.width - left - right, live.height - top - bottom};
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
