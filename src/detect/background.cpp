// SPDX-License-Identifier: Apache-2.0
#include "detect/background.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "detect/kernels.h"
#include "detect/median.h"
#include "detect/unrest.h"

namespace marsad::detect {
namespace {

// Counts. Below this it is the rounding of the camera and the coder, which moves in patches.
constexpr float kRounding = 0.6F;
// No pixel is trusted to be much quieter than the picture was at the start, when two frames' noise
// was in the difference.
constexpr float kLeastShare = 0.5F;
// What has just come into view is known from one frame only.
constexpr float kNewNoise = 2;
// An edge, in noises a pixel.
constexpr float kEdge = 2;
// Unrest changes slowly from row to row.
constexpr int kSameUnrest_rows = 8;

// Room for the sums of columns of one row; that of the first pixel begins a cache line.
class SumsRow {
 public:
  explicit SumsRow(int width) : room_(static_cast<std::size_t>(width) + kLine + 1) {}

  // One before the first pixel to one behind the last.
  std::span<float> sums() { return std::span(room_).subspan(kLine - 1); }

 private:
  static constexpr std::size_t kLine = 64 / sizeof(float);

  std::vector<float, video::LineAllocator<float>> room_;
};

// Rows of a frame as floats, with their ends repeated so that a shift needs no care at them. Keeps
// the last two, which is what a blend of neighbouring rows asks for.
class WideRows {
 public:
  explicit WideRows(const video::Image<std::uint16_t>& frame) : frame_(frame) {
    for (std::vector<float>& row : rows_)
      row.resize(static_cast<std::size_t>(frame.width() + 2 * kPad));
  }

  // Row y, or the nearest there is, from column x on, one longer than the picture is wide.
  kernels::Row from(int y, int x) {
    const int nearest = std::clamp(y, 0, frame_.height() - 1);
    const auto slot = static_cast<std::size_t>(nearest % 2);
    if (held_[slot] != nearest) read(nearest, rows_[slot]);
    held_[slot] = nearest;
    return kernels::Row(rows_[slot])
        .subspan(static_cast<std::size_t>(kPad + x), static_cast<std::size_t>(frame_.width() + 1));
  }

 private:
  static constexpr int kPad = Alignment::kReach_px + 1;

  void read(int y, std::vector<float>& row) const {
    const auto middle = std::span(row).subspan(kPad, static_cast<std::size_t>(frame_.width()));
    kernels::widen(frame_.row(y), middle);
    std::fill(row.begin(), row.begin() + kPad, middle.front());
    std::fill(row.end() - kPad, row.end(), middle.back());
  }

  const video::Image<std::uint16_t>& frame_;
  std::array<std::vector<float>, 2> rows_;
  std::array<int, 2> held_ = {-1, -1};
};

}  // namespace

Background::Background(const video::Image<std::uint16_t>& frame)
    : mean_(frame.width(), frame.height()),
      noise_(frame.width(), frame.height()),
      differences_(frame.width(), frame.height()) {
  kernels::widen(frame.pixels(), mean_.pixels());
}

void Background::compare(const video::Image<std::uint16_t>& frame, const Alignment& alignment) {
  const auto offset = static_cast<float>(alignment.offset);
  const auto scale = static_cast<float>(1 / alignment.gain);
  if (alignment.is_still()) {
    for (int y = 0; y < frame.height(); ++y)
      kernels::subtract_still(frame.row(y), offset, scale, mean_.row(y), differences_.row(y));
    return;
  }
  const int dx = static_cast<int>(std::floor(alignment.shift_x_px));
  const int dy = static_cast<int>(std::floor(alignment.shift_y_px));
  const kernels::Blend blend{static_cast<float>(alignment.shift_x_px - dx),
                             static_cast<float>(alignment.shift_y_px - dy), offset, scale};
  WideRows rows(frame);
  for (int y = 0; y < frame.height(); ++y)
    kernels::subtract(rows.from(y + dy, dx), rows.from(y + dy + 1, dx), blend, mean_.row(y),
                      differences_.row(y));
}

void Background::compare(const video::Image<std::uint16_t>& frame, const Registration& registration,
                         const Box& live) {
  const int width = frame.width();
  const Place middle = middle_of(width, frame.height());
  video::Image<std::uint16_t> straight(width, frame.height());
  warp(frame, registration.similarity, std::uint16_t{0}, straight);
  compare(straight, Alignment{0, 0, registration.gain, registration.offset});
  for (int y = 0; y < frame.height(); ++y) {
    const auto [begin, end] = columns_inside(registration.similarity, middle, y, width, live);
    const std::span<float> row = differences_.row(y);
    std::fill(row.begin(), row.begin() + begin, 0.0F);
    std::fill(row.begin() + end, row.end(), 0.0F);
  }
}

void Background::carry(const Similarity& similarity, const video::Image<std::uint16_t>& frame,
                       const Registration& registration) {
  constexpr float kUnknown = -1;  // no noise is
  const Similarity back = inverse(similarity);
  const Similarity frame_from_new = compose(registration.similarity, back);
  video::Image<float> mean(mean_.width(), mean_.height());
  video::Image<float> noise(mean_.width(), mean_.height());
  video::Image<std::uint16_t> straight(mean_.width(), mean_.height());
  warp(mean_, back, 0.0F, mean);
  warp(noise_, back, kUnknown, noise);
  warp(frame, frame_from_new, std::uint16_t{0}, straight);
  for (std::size_t i = 0; i < noise.pixels().size(); ++i) {
    if (noise.pixels()[i] > 0) continue;
    noise.pixels()[i] = kNewNoise * told_noise_;
    // At the very edge the frame may end within a pixel; what it has there itself is near enough.
    const std::uint16_t seen = straight.pixels()[i] != 0 ? straight.pixels()[i] : frame.pixels()[i];
    mean.pixels()[i] = static_cast<float>((seen - registration.offset) / registration.gain);
  }
  mean_ = std::move(mean);
  noise_ = std::move(noise);
}

void Background::start_noise() {
  std::vector<float> magnitudes;
  constexpr int kStep = 7;  // odd, so that it runs over all columns
  const int width = mean_.width();
  for (int i = 0; i < width * mean_.height(); i += kStep) {
    const float value = difference(i % width, i / width);
    if (value != 0) magnitudes.push_back(std::abs(value));
  }
  const float noise = std::max(1.4826F * median(magnitudes), kRounding);
  std::fill(noise_.pixels().begin(), noise_.pixels().end(), noise);
  told_noise_ = noise;
}

void Background::measure_sway() {
  std::vector<float> squares;
  std::vector<float> steep;
  constexpr int kStep = 61;  // odd, so that it runs over all columns
  const int width = mean_.width();
  for (int i = 0; i < width * mean_.height(); i += kStep) {
    const float steepness_here = steepness(i % width, i / width);
    if (steepness_here < kEdge * told_noise_) continue;
    const float value = difference(i % width, i / width);
    squares.push_back(value * value);
    steep.push_back(steepness_here * steepness_here);
  }
  // The median of the square of normal noise over its variance.
  constexpr float kUsualSquare = 0.455F;
  const float beyond = std::max(median(squares) / kUsualSquare - told_noise_ * told_noise_, 0.0F);
  const float seen = squares.empty() ? 0 : std::sqrt(beyond / median(steep));
  sway_px_ = sway_px_ == 0 ? seen : 0.5F * (sway_px_ + seen);
}

std::size_t Background::mark(const Unrest& unrest, float threshold, float plain, const Box& view,
                             video::Image<std::uint8_t>& marks) const {
  std::size_t plainly = 0;
  const auto width = static_cast<std::size_t>(marks.width());
  std::vector<float> factors(width);
  SumsRow row_of_sums(marks.width());
  const std::span<float> sums = row_of_sums.sums();
  for (int y = 0; y < marks.height(); ++y) {
    if (y % kSameUnrest_rows == 0) unrest.row(y + kSameUnrest_rows / 2, factors);
    sum_columns(y, sums);
    const std::span<std::uint8_t> row = marks.row(y);
    plainly += kernels::mark(sums, noise_.row(y), factors, {threshold, plain}, row);
    const bool is_seen = y >= view.y && y < view.y + view.height;
    std::fill(row.begin(), is_seen ? row.begin() + view.x : row.end(), std::uint8_t{0});
    if (is_seen) std::fill(row.begin() + view.x + view.width, row.end(), std::uint8_t{0});
  }
  return plainly;
}

void Background::learn(const video::Image<std::uint8_t>& held, const LearningRates& rates,
                       int first, int step) {
  const kernels::Shares shares{rates.background,     rates.background_held, rates.noise,
                               rates.noise_doubtful, rates.noise_rising,    least_noise()};
  SumsRow row_of_sums(held.width());
  const std::span<float> sums = row_of_sums.sums();
  for (int y = first; y < held.height(); y += step) {
    sum_columns(y, sums);
    kernels::learn(differences_.row(y), sums, held.row(y), shares, mean_.row(y), noise_.row(y));
  }
}

void Background::replace(int x, int y) {
  mean_.at(x, y) += differences_.at(x, y);
  differences_.at(x, y) = 0;
}

float Background::least_noise() const { return std::max(kLeastShare * told_noise_, kRounding); }

float Background::difference(int x, int y) const {
  const int left = std::max(x - 1, 0);
  const int right = std::min(x + 1, differences_.width() - 1);
  const auto row = [&](int v) {
    return differences_.at(left, v) + differences_.at(x, v) + differences_.at(right, v);
  };
  const int top = std::max(y - 1, 0);
  const int bottom = std::min(y + 1, differences_.height() - 1);
  return (row(top) + row(y) + row(bottom)) * (1.0F / 9);
}

float Background::steepness(int x, int y) const {
  const int left = std::max(x - 1, 0);
  const int right = std::min(x + 1, mean_.width() - 1);
  const int top = std::max(y - 1, 0);
  const int bottom = std::min(y + 1, mean_.height() - 1);
  // Sobel's slopes.
  const float across = mean_.at(right, top) + 2 * mean_.at(right, y) + mean_.at(right, bottom) -
                       mean_.at(left, top) - 2 * mean_.at(left, y) - mean_.at(left, bottom);
  const float down = mean_.at(left, bottom) + 2 * mean_.at(x, bottom) + mean_.at(right, bottom) -
                     mean_.at(left, top) - 2 * mean_.at(x, top) - mean_.at(right, top);
  return std::hypot(across, down) / 8;
}

void Background::sum_columns(int y, std::span<float> sums) const {
  kernels::add_three(differences_.row(std::max(y - 1, 0)), differences_.row(y),
                     differences_.row(std::min(y + 1, differences_.height() - 1)), sums);
}

}  // namespace marsad::detect
