// SPDX-License-Identifier: Apache-2.0
#include "detect/background.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marsad::detect {
namespace {

// Counts. Below this it is the rounding of the camera and the coder, which moves in patches.
constexpr float kRounding = 0.6F;
// No pixel is trusted to be much quieter than the picture was at the start.
constexpr float kLeastShare = 0.8F;
// What one frame may tell of noise, over what was known: a burst must not deafen a pixel for long.
constexpr float kBurst = 8;
// The standard deviation of normal noise over its mean magnitude.
constexpr float kSigmaOverMean = 1.2533F;

// sums[x] = the sum of three neighbouring columns of a row padded by one on both sides.
void add_row(const float* frame, const float* mean, std::span<float> padded,
             std::span<float> sums) {
  const std::size_t width = sums.size();
  float* const middle = padded.data() + 1;
  for (std::size_t x = 0; x < width; ++x) middle[x] = frame[x] - mean[x];
  middle[-1] = middle[0];
  middle[width] = middle[width - 1];
  for (std::size_t x = 0; x < width; ++x) sums[x] = padded[x] + padded[x + 1] + padded[x + 2];
}

float median(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

float median_of_magnitudes(const video::Image<float>& picture) {
  std::vector<float> magnitudes;
  constexpr std::size_t kStep = 7;  // odd, so that it runs over all columns
  const std::span<const float> pixels = picture.pixels();
  for (std::size_t i = 0; i < pixels.size(); i += kStep)
    if (pixels[i] != 0) magnitudes.push_back(std::abs(pixels[i]));
  return median(magnitudes);
}

}  // namespace

Background::Background(const video::Image<float>& frame)
    : mean_(frame),
      noise_(frame.width(), frame.height()),
      difference_(frame.width(), frame.height()) {}

void Background::compare(const video::Image<float>& frame) {
  const int height = frame.height();
  const auto width = static_cast<std::size_t>(frame.width());
  std::vector<float> padded(width + 2);
  std::vector<float> sums(3 * width);
  const auto sums_of = [&](int y) {
    return std::span(sums).subspan(static_cast<std::size_t>(y % 3) * width, width);
  };
  const auto add = [&](int y) {
    add_row(frame.row(y).data(), mean_.row(y).data(), padded, sums_of(y));
  };
  add(0);
  for (int y = 0; y < height; ++y) {
    if (y + 1 < height) add(y + 1);
    const float* const above = sums_of(std::max(y - 1, 0)).data();
    const float* const here = sums_of(y).data();
    const float* const below = sums_of(std::min(y + 1, height - 1)).data();
    float* const out = difference_.row(y).data();
    for (std::size_t x = 0; x < width; ++x) out[x] = (above[x] + here[x] + below[x]) * (1.0F / 9);
  }
}

void Background::start_noise() {
  const float noise = std::max(1.4826F * median_of_magnitudes(difference_), kRounding);
  std::fill(noise_.pixels().begin(), noise_.pixels().end(), noise);
  least_noise_ = kLeastShare * noise;
}

std::size_t Background::mark(const Unrest& unrest, float threshold, float plain,
                             video::Image<std::uint8_t>& marks) const {
  std::uint32_t plainly = 0;
  std::vector<float> factors(static_cast<std::size_t>(marks.width()));
  for (int y = 0; y < marks.height(); ++y) {
    unrest.row(y, factors);
    const std::span<const float> difference = difference_.row(y);
    const std::span<const float> noise = noise_.row(y);
    const std::span<std::uint8_t> out = marks.row(y);
    for (std::size_t x = 0; x < out.size(); ++x) {
      const float limit = threshold * noise[x] * factors[x];
      const int warmer = difference[x] > limit ? 1 : 0;
      const int colder = difference[x] < -limit ? 2 : 0;
      out[x] = static_cast<std::uint8_t>(warmer | colder);
      plainly += std::abs(difference[x]) > plain * noise[x] ? 1U : 0U;
    }
  }
  return plainly;
}

void Background::learn(const video::Image<float>& frame, const video::Image<std::uint8_t>& held,
                       const LearningRates& rates) {
  const std::span<const float> seen = frame.pixels();
  const std::span<const std::uint8_t> is_held = held.pixels();
  const std::span<const float> difference = difference_.pixels();
  const std::span<float> mean = mean_.pixels();
  const std::span<float> noise = noise_.pixels();
  const float least = std::max(least_noise_, kRounding);
  const std::array<float, 3> noise_rates = {rates.noise, rates.noise_doubtful, 0};
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const float rate = is_held[i] != kNothing ? rates.background_held : rates.background;
    const float noise_rate = noise_rates[is_held[i]];
    mean[i] += rate * (seen[i] - mean[i]);
    const float magnitude = std::min(kSigmaOverMean * std::abs(difference[i]), kBurst * noise[i]);
    noise[i] = std::max(noise[i] + noise_rate * (magnitude - noise[i]), least);
  }
}

}  // namespace marsad::detect
