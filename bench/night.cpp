// SPDX-License-Identifier: Apache-2.0
#include "bench/night.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace marsad::bench {
namespace {

constexpr std::size_t kPixels = std::size_t{Night::kWidth} * Night::kHeight;
constexpr float kMiddle = 22'000;
constexpr double kTexture = 120;      // counts
constexpr double kWarmerBelow = 900;  // counts, from the top of the picture to its foot
constexpr double kDrift = 300;        // counts an hour
constexpr double kFading = 0.1;       // of the ground's contrasts, an hour
constexpr int kClouds = 14;
constexpr float kShutterStep = 40;
// The scene is drawn every so many frames, and goes evenly from one such key to the next.
constexpr int kKeyEvery_frames = 50;

double wave(double x, double y) {
  return std::sin(0.31 * x + 0.07 * y) + std::sin(0.11 * x - 0.43 * y) +
         std::sin(0.023 * x + 0.029 * y) * std::sin(0.005 * x - 0.9);
}

}  // namespace

Night::Night(const NightSettings& settings)
    : settings_(settings),
      random_(20),
      noise_(kNoise, 21),
      ground_(kPixels),
      row_(kWidth),
      last_(kWidth, kHeight) {
  std::normal_distribution<double> grain(0, 0.4);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      ground_[static_cast<std::size_t>(y * kWidth + x)] = static_cast<float>(
          kTexture * (wave(x, y) + grain(random_)) + kWarmerBelow * (y - kHeight / 2.0) / kHeight);
  fixed_ = pattern(4, 3);
  changed_ = Picture(kPixels);
  draw_clouds();
}

void Night::draw_clouds() {
  std::uniform_real_distribution<double> even(0, 1);
  for (int i = 0; i < kClouds; ++i) {
    const double way = 2 * std::numbers::pi * even(random_);
    const double step_px = settings_.fastest_cloud_px * (0.1 + 0.9 * even(random_));
    clouds_.push_back({kWidth * even(random_), kHeight * even(random_), step_px * std::cos(way),
                       step_px * std::sin(way),
                       settings_.smallest_cloud_px * (1 + 3 * even(random_)),
                       settings_.largest_cloud * (0.2 + 0.8 * even(random_)),
                       1200 + 6000 * even(random_), 2 * std::numbers::pi * even(random_)});
  }
}

Night::Picture Night::pattern(double pixel_counts, double column_counts) {
  std::normal_distribution<float> one;
  Picture columns(kWidth);
  for (float& column : columns) column = static_cast<float>(column_counts) * one(random_);
  Picture picture(kPixels);
  for (std::size_t i = 0; i < kPixels; ++i)
    picture[i] = columns[i % kWidth] + static_cast<float>(pixel_counts) * one(random_);
  return picture;
}

void Night::add_clouds(double frame, float gain, Picture& picture) const {
  Picture across(kWidth);
  for (const Cloud& cloud : clouds_) {
    // One that leaves comes in again at the far side.
    const auto wrapped = [&](double at, double size) {
      const double room = size + 6 * cloud.sigma_px;
      const double moved = std::fmod(at + 3 * cloud.sigma_px, room);
      return (moved < 0 ? moved + room : moved) - 3 * cloud.sigma_px;
    };
    const double x0 = wrapped(cloud.x_px + frame * cloud.dx_px, kWidth);
    const double y0 = wrapped(cloud.y_px + frame * cloud.dy_px, kHeight);
    const auto bell = [&](double off) {
      return static_cast<float>(std::exp(-0.5 * off * off / (cloud.sigma_px * cloud.sigma_px)));
    };
    for (int x = 0; x < kWidth; ++x) across[static_cast<std::size_t>(x)] = bell(x - x0);
    const double swelling =
        0.5 + 0.5 * std::sin(2 * std::numbers::pi * frame / cloud.period_frames + cloud.turn);
    for (int y = 0; y < kHeight; ++y) {
      const float warmth = gain * static_cast<float>(cloud.counts * swelling) * bell(y - y0);
      float* const row = picture.data() + static_cast<std::size_t>(y * kWidth);
      for (std::size_t x = 0; x < kWidth; ++x) row[x] += warmth * across[x];
    }
  }
}

Night::Picture Night::scene_at(int frame) const {
  const double hours = static_cast<double>(frame) / kFramesPerHour;
  const auto gain = static_cast<float>(1 - kFading * hours);
  const float level = kMiddle + static_cast<float>(kDrift * hours) + offset_;
  Picture picture(kPixels);
  for (std::size_t i = 0; i < kPixels; ++i)
    picture[i] = level + gain * ground_[i] + fixed_[i] + changed_[i];
  add_clouds(frame, gain, picture);
  return picture;
}

void Night::open_shutter_again() {
  offset_ += random_() % 2 == 0 ? kShutterStep : -kShutterStep;
  changed_ = pattern(settings_.pattern_change, settings_.column_change);
}

void Night::show_scene(video::Frame& frame) {
  const int into_key = number_ % kKeyEvery_frames;
  const bool is_first_after_shutter =
      number_ >= kShutterEvery_frames && number_ % kShutterEvery_frames == kShutterFor_frames;
  if (is_first_after_shutter) open_shutter_again();
  if (into_key == 0 || is_first_after_shutter || from_.empty()) {
    from_ = scene_at(number_ - into_key);
    to_ = scene_at(number_ - into_key + kKeyEvery_frames);
  }
  const float part = static_cast<float>(into_key) / kKeyEvery_frames;
  for (int y = 0; y < kHeight; ++y) {
    const auto begin = static_cast<std::size_t>(y * kWidth);
    for (std::size_t x = 0; x < kWidth; ++x)
      row_[x] = from_[begin + x] + part * (to_[begin + x] - from_[begin + x]);
    noise_.add(row_, frame.counts.row(y));
  }
}

video::Frame Night::next() {
  video::Frame frame;
  frame.number = static_cast<std::uint64_t>(number_);
  frame.time = base::Time{} + std::chrono::milliseconds(1000 / kFramesPerSecond) * number_;
  frame.bits = 16;
  frame.counts = video::Image<std::uint16_t>(kWidth, kHeight);
  const int event = number_ / kShutterEvery_frames;
  const bool is_shut = event > 0 && number_ % kShutterEvery_frames < kShutterFor_frames;
  if (!is_shut) {
    show_scene(frame);
  } else if (event % 2 == 0) {
    frame.counts = last_;
  } else {
    std::fill(row_.begin(), row_.end(), kMiddle);
    for (int y = 0; y < kHeight; ++y) noise_.add(row_, frame.counts.row(y));
  }
  last_ = frame.counts;
  ++number_;
  return frame;
}

std::string_view Night::when() const {
  const int number = number_ - 1;
  if (number < 100) return "first 10 s";
  const int since = number % kShutterEvery_frames - kShutterFor_frames;
  if (number < kShutterEvery_frames || since >= 100) return "else";
  if (since < 0) return "shutter";
  return since < 10 ? "1 s after shutter" : "10 s after shutter";
}

}  // namespace marsad::bench
