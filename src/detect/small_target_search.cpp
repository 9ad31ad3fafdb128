// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target_search.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <span>

#include "detect/kernels.h"
#include "detect/small_target_kernels.h"

namespace marsad::detect {
namespace {

constexpr int kLevels = 4;
constexpr int kReach = kSmallTargetReach_px;
constexpr int kEdge = kReach + 1;
constexpr int kSmallest = 2 * kEdge + 2;
constexpr int kSamples = 8;  // of clutter, along a side of a block
constexpr float kMedianToSigma = 1.4826F;
constexpr float kNever = std::numeric_limits<float>::infinity();

// The rows of a level as floats; those of the frame itself are made as they are asked for.
class LevelRows {
 public:
  explicit LevelRows(const video::Image<std::uint16_t>& frame)
      : width_(frame.width()), height_(frame.height()), frame_(&frame), wide_(width_, kHeld) {}
  explicit LevelRows(const video::Image<float>& level)
      : width_(level.width()), height_(level.height()), level_(&level) {}

  int width() const { return width_; }
  int height() const { return height_; }
  // Holds until the third row after it is asked for.
  kernels::Row row(int y) {
    if (level_) return level_->row(y);
    const int slot = y % kHeld;
    int& held = held_[static_cast<std::size_t>(slot)];
    if (held != y) kernels::widen(frame_->row(y), wide_.row(slot));
    held = y;
    return wide_.row(slot);
  }

 private:
  static constexpr int kHeld = 3;

  int width_;
  int height_;
  const video::Image<std::uint16_t>* frame_ = nullptr;
  const video::Image<float>* level_ = nullptr;
  video::Image<float> wide_;
  std::array<int, kHeld> held_ = {-1, -1, -1};
};

video::Image<float> halved(LevelRows& level) {
  video::Image<float> half(level.width() / 2, level.height() / 2);
  for (int y = 0; y < half.height(); ++y)
    kernels::halve(level.row(2 * y), level.row(2 * y + 1), half.row(y));
  return half;
}

// The smoothed rows of a level, as many as a row of blocks and its surroundings need.
class SmoothRows {
 public:
  SmoothRows(LevelRows& level, int block)
      : level_(level), rows_(level.width(), block + 2 * kReach) {}

  // Smooths the rows before `end` that aren't yet.
  void advance(int end) {
    for (; end_ < end; ++end_)
      kernels::smooth(level_.row(end_ - 1), level_.row(end_), level_.row(end_ + 1),
                      rows_.row(end_ % rows_.height()));
  }
  kernels::Row row(int y) const { return rows_.row(y % rows_.height()); }
  kernels::Surroundings around(int y) const {
    return {row(y - kReach), row(y), row(y + kReach), kReach};
  }

 private:
  LevelRows& level_;
  video::Image<float> rows_;
  int end_ = 1;
};

// How rough a level is in each of a row of blocks: the median difference of pixels to the mean of
// two opposite ones around, as a standard deviation.
class Clutter {
 public:
  Clutter(int width, int block)
      : width_(width),
        block_(block),
        columns_(static_cast<std::size_t>((width + block - 1) / block + kPadding - 1) / kPadding *
                 kPadding),
        rough_(static_cast<std::size_t>(width)),
        samples_(kSamples * kSamples * columns_) {}

  void measure(const SmoothRows& smooth, int top, int bottom) {
    std::fill(samples_.begin(), samples_.end(), kNever);
    const int step = block_ / kSamples;
    rows_ = 0;
    for (int y = top; y < bottom; y += step) {
      kernels::roughness(smooth.around(y), rough_);
      for (int u = 0; u * block_ < width_; ++u) take_row(u, step);
      ++rows_;
    }
    kernels::sort_columns(samples_, columns_);
  }
  // Of the block that column x is in.
  float at(int x) const {
    const int u = x / block_;
    const auto count = static_cast<std::size_t>(rows_ * samples_across(u));
    if (count == 0) return 0;
    return kMedianToSigma * samples_[count / 2 * columns_ + static_cast<std::size_t>(u)];
  }

 private:
  static constexpr int kPadding = 16;  // floats of the widest vectors

  int left(int u) const { return std::max(u * block_, kEdge); }
  int right(int u) const { return std::min((u + 1) * block_, width_ - kEdge); }
  int samples_across(int u) const {
    const int step = block_ / kSamples;
    return std::max(right(u) - left(u) + step - 1, 0) / step;
  }
  void take_row(int u, int step) {
    std::size_t place =
        static_cast<std::size_t>(rows_ * kSamples) * columns_ + static_cast<std::size_t>(u);
    for (int x = left(u); x < right(u); x += step, place += columns_)
      samples_[place] = rough_[static_cast<std::size_t>(x)];
  }

  int width_;
  int block_;
  std::size_t columns_;  // blocks, and what fills up the last vector
  int rows_ = 0;
  std::vector<float> rough_;    // of one row
  std::vector<float> samples_;  // a column for each block
};

// Finds what stands out on one level.
class LevelSearch {
 public:
  LevelSearch(LevelRows& level, int factor, const SmallTargetSettings& settings,
              std::vector<Seed>& seeds)
      : width_(level.width()),
        height_(level.height()),
        block_(factor == 1 ? 32 : 16),
        smooth_(level, block_),
        clutter_(width_, block_),
        factor_(factor),
        settings_(settings),
        seeds_(seeds),
        limits_(static_cast<std::size_t>(width_), kNever),
        over_(static_cast<std::size_t>(width_)),
        under_(static_cast<std::size_t>(width_)) {}

  void run() {
    for (int begin = 0; begin < height_; begin += block_) {
      const int top = std::max(begin, kEdge);
      const int bottom = std::min(begin + block_, height_ - kEdge);
      if (top >= bottom) continue;
      smooth_.advance(bottom + kReach);
      clutter_.measure(smooth_, top, bottom);
      set_limits();
      for (int y = top; y < bottom; ++y) search_row(y);
    }
  }

 private:
  // The steps of the counts are noise too, also where a flat sky shows none.
  float noise(int x) const {
    return clutter_.at(x) + 0.25F * static_cast<float>(settings_.least_contrast);
  }

  void set_limits() {
    for (int x = kEdge; x < width_ - kEdge;) {
      const float limit = std::max(static_cast<float>(settings_.least_contrast),
                                   static_cast<float>(settings_.threshold_snr) * noise(x));
      const int end = std::min((x / block_ + 1) * block_, width_ - kEdge);
      std::fill(limits_.begin() + x, limits_.begin() + end, limit);
      x = end;
    }
  }

  // In nearly all rows nothing stands out.
  void search_row(int y) {
    if (kernels::stand_out(smooth_.around(y), limits_, over_, under_) == 0) return;
    if (settings_.hot) collect(over_, y, 1);
    if (settings_.cold) collect(under_, y, -1);
  }

  void collect(const std::vector<float>& contrasts, int y, float sign) {
    for (int x = kEdge; x < width_ - kEdge; ++x) {
      const auto i = static_cast<std::size_t>(x);
      if (contrasts[i] < limits_[i] || !is_summit(x, y, sign)) continue;
      seeds_.push_back({factor_ * x + factor_ / 2, factor_ * y + factor_ / 2, factor_, sign > 0,
                        contrasts[i] / noise(x)});
    }
  }

  bool is_summit(int x, int y, float sign) const {
    const auto i = static_cast<std::size_t>(x);
    const float here = sign * smooth_.row(y)[i];
    for (int v = y - 1; v <= y + 1; ++v)
      for (std::size_t u = i - 1; u <= i + 1; ++u)
        if (sign * smooth_.row(v)[u] > here) return false;
    return true;
  }

  int width_;
  int height_;
  int block_;
  SmoothRows smooth_;
  Clutter clutter_;
  int factor_;
  const SmallTargetSettings& settings_;
  std::vector<Seed>& seeds_;
  std::vector<float> limits_;  // of one row, beyond which a pixel stands out
  std::vector<float> over_;
  std::vector<float> under_;
};

}  // namespace

std::vector<Seed> find_seeds(const video::Image<std::uint16_t>& frame,
                             const SmallTargetSettings& settings) {
  std::vector<Seed> seeds;
  LevelRows rows(frame);
  video::Image<float> level;
  int factor = 1;
  for (int i = 0; i < kLevels && std::min(rows.width(), rows.height()) >= kSmallest; ++i) {
    LevelSearch(rows, factor, settings, seeds).run();
    level = halved(rows);
    rows = LevelRows(level);
    factor *= 2;
  }
  std::stable_sort(seeds.begin(), seeds.end(),
                   [](const Seed& a, const Seed& b) { return a.snr > b.snr; });
  return seeds;
}

}  // namespace marsad::detect
