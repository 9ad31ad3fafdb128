// SPDX-License-Identifier: Apache-2.0
#include "detect/picture_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

namespace marsad::detect {
namespace {

constexpr int kMostRows = 128;
constexpr int kSmallest_px = 16;
constexpr int kBroadestLag_px = 32;
constexpr std::size_t kNoiseStride_px = 11;
// Second differences above this share of them are taken for the scene's and not the noise's.
constexpr double kNoiseShare = 0.7;
// Mean of the lowest 70 % of |x| of a normal distribution is 0.4736 sigma, and the second
// difference of white noise has √6 times its sigma.
constexpr double kTrimmedPerSigma = 0.4736 * 2.4495;
constexpr double kLeastRange_sigma = 12;  // less is noise alone, and has no upper end
constexpr double kHotRange = 0.01;        // of the picture's range, counted as its upper end

using Row = std::span<const std::uint16_t>;

// Of the differences of two rows; several sums side by side, which the processor adds at once.
double sum_of_squares(Row a, Row b) {
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> sums{};
  const std::size_t whole = a.size() - a.size() % kLanes;
  const auto add = [&](std::size_t lane, std::size_t x) {
    const auto difference = static_cast<float>(std::int32_t{a[x]} - std::int32_t{b[x]});
    sums[lane] += difference * difference;
  };
  for (std::size_t x = 0; x < whole; x += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) add(lane, x + lane);
  }
  for (std::size_t x = whole; x < a.size(); ++x) add(x - whole, x);
  return static_cast<double>(std::accumulate(sums.begin(), sums.end(), 0.0F));
}

class Measuring {
 public:
  Measuring(const video::Image<std::uint16_t>& picture, const Box& live)
      : picture_(picture),
        live_(live),
        step_(std::max(1, live.height / kMostRows)),
        lag_(std::min({live.width / 8, live.height / 8, kBroadestLag_px})) {}

  PictureFigures result() {
    find_range();
    const int last = live_.y + live_.height - lag_;
    for (int y = live_.y; y < last; y += step_) add_row(y);
    PictureFigures out;
    out.lowest = lowest_;
    out.highest = highest_;
    out.noise = noise();
    const double noises = 2 * out.noise * out.noise;
    if (highest_ - lowest_ > kLeastRange_sigma * out.noise) {
      out.hot_share = static_cast<double>(hot_) / std::max(1.0, pixels_);
    }
    out.fine_contrast = std::max(0.0, fine_ / std::max(1.0, fine_pairs_) - noises);
    out.broad_contrast = std::max(0.0, broad_ / std::max(1.0, broad_pairs_) - noises);
    return out;
  }

 private:
  Row row(int y) const {
    return picture_.row(y).subspan(static_cast<std::size_t>(live_.x),
                                   static_cast<std::size_t>(live_.width));
  }

  void find_range() {
    lowest_ = highest_ = picture_.at(live_.x, live_.y);
    for (int y = live_.y; y < live_.y + live_.height; y += step_) {
      const auto [low, high] = std::ranges::minmax(row(y));
      lowest_ = std::min<int>(lowest_, low);
      highest_ = std::max<int>(highest_, high);
    }
  }

  void add_row(int y) {
    const auto lag = static_cast<std::size_t>(lag_);
    const Row here = row(y);
    const std::size_t width = here.size();
    const int hot = highest_ - static_cast<int>(kHotRange * (highest_ - lowest_));
    hot_ += std::ranges::count_if(here, [&](int count) { return count >= hot; });
    pixels_ += static_cast<double>(width);
    fine_ +=
        sum_of_squares(here.first(width - 1), here.subspan(1)) + sum_of_squares(here, row(y + 1));
    broad_ += sum_of_squares(here.first(width - lag), here.subspan(lag)) +
              sum_of_squares(here, row(y + lag_));
    fine_pairs_ += static_cast<double>(2 * width - 1);
    broad_pairs_ += static_cast<double>(2 * width - lag);
    for (std::size_t x = 1; x + 1 < width; x += kNoiseStride_px) {
      curvatures_.push_back(static_cast<float>(std::abs(
          2 * std::int32_t{here[x]} - std::int32_t{here[x - 1]} - std::int32_t{here[x + 1]})));
    }
  }

  double noise() {
    const auto kept =
        static_cast<std::ptrdiff_t>(kNoiseShare * static_cast<double>(curvatures_.size()));
    if (kept == 0) return 0;
    std::nth_element(curvatures_.begin(), curvatures_.begin() + kept, curvatures_.end());
    double sum = 0;
    for (std::ptrdiff_t i = 0; i < kept; ++i) sum += curvatures_[static_cast<std::size_t>(i)];
    return sum / static_cast<double>(kept) / kTrimmedPerSigma;
  }

  const video::Image<std::uint16_t>& picture_;
  Box live_;
  int step_;
  int lag_;
  int lowest_ = 0;
  int highest_ = 0;
  std::int64_t hot_ = 0;
  double pixels_ = 0;
  double fine_ = 0;
  double broad_ = 0;
  double fine_pairs_ = 0;
  double broad_pairs_ = 0;
  std::vector<float> curvatures_;
};

}  // namespace

PictureFigures figures_of(const video::Image<std::uint16_t>& picture, const Box& live) {
  CHECK(live.width >= kSmallest_px && live.height >= kSmallest_px);
  return Measuring(picture, live).result();
}

}  // namespace marsad::detect
