// SPDX-License-Identifier: Apache-2.0
// Whether the detector finds simulated movers as often as sensor::machine_detects says: movers of
// several sizes, blurs and contrasts before plain ground with white noise.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <numbers>
#include <span>
#include <string_view>
#include <vector>

#include "bench/noise_pool.h"
#include "detect/components.h"
#include "detect/detector.h"
#include "sensor/thermal_range.h"

namespace marsad {
namespace {

constexpr int kWidth_px = 320;
constexpr int kHeight_px = 256;
constexpr double kNoise = 6;  // counts, one sigma; stands for the camera's NETD
constexpr float kGround = 7000;
constexpr int kLearnt_frames = 60;
constexpr int kSettling_frames = 5;
constexpr int kWatched_frames = 80;
constexpr double kSpeed_px = 0.4;  // a frame
constexpr int kNear_px = 3;
constexpr int kRounds = 6;

struct Size {
  double width_px, height_px;
};
// The model was fitted to the first sizes with other noise; the others only tell how true it is.
constexpr std::array kFitted{Size{0.7, 2}, Size{2, 4}, Size{4, 8}, Size{12, 8}};
constexpr std::array kOthers{Size{1, 1.5}, Size{3, 3}, Size{5, 4},
                             Size{2, 8},   Size{8, 6}, Size{20, 12}};
constexpr std::array kBlurs_px{0.4, 0.8};
constexpr std::array kPredicted{0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98};

sensor::ThermalCamera camera_of(double blur_px) {
  sensor::ThermalCamera camera;
  camera.focal_px = 1;  // at 1 m, so that metres are pixels
  camera.optics.netd_K = kNoise;
  camera.optics.f_number = 0;
  camera.optics.jitter_px = blur_px;
  return camera;
}

sensor::ThermalTarget target_of(const Size& size, double contrast) {
  return {size.width_px, size.height_px, std::sqrt(size.width_px * size.height_px), contrast,
          false};
}

// The contrast at which this chance is predicted.
double contrast_for(const sensor::ThermalCamera& camera, const Size& size, double chance) {
  double low = 0, high = 1e5;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (machine_detects(camera, target_of(size, middle), 1, 0) < chance ? low : high) = middle;
  }
  return low;
}

// The share of a pixel that something blurred covers along one axis.
double cover(double middle, double size, double blur_px, int pixel) {
  const auto ramp = [&](double x) {  // integral of the blurred edge
    const double z = x / blur_px;
    return blur_px * (0.5 * z * std::erfc(-z / std::numbers::sqrt2) +
                      std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi));
  };
  const double d = pixel - middle;
  return ramp(d + 0.5 + size / 2) - ramp(d - 0.5 + size / 2) - ramp(d + 0.5 - size / 2) +
         ramp(d - 0.5 - size / 2);
}

// The share of looks in which a mover that walks through the picture is found.
double found_share(const Size& size, double blur_px, double contrast, bench::NoisePool& noise) {
  int found = 0, looks = 0;
  for (int round = 0; round < kRounds; ++round) {
    detect::Detector detector({});
    video::Image<float> ground(kWidth_px, kHeight_px, kGround);
    const double start_x = 60.3 + 13.37 * round, y = 80.6 + 17.21 * round;
    for (int i = 0; i < kLearnt_frames + kWatched_frames; ++i) {
      video::Image<float> seen = ground;
      const double x = start_x + kSpeed_px * (i - kLearnt_frames);
      if (i >= kLearnt_frames)
        for (int v = static_cast<int>(y) - 15; v < static_cast<int>(y) + 15; ++v)
          for (int u = static_cast<int>(x) - 15; u < static_cast<int>(x) + 15; ++u)
            seen.at(u, v) += static_cast<float>(contrast * cover(x, size.width_px, blur_px, u) *
                                                cover(y, size.height_px, blur_px, v));
      video::Frame frame;
      frame.number = static_cast<std::uint64_t>(i);
      frame.time = base::Time{} + std::chrono::milliseconds(40 * i);
      frame.bits = 14;
      frame.counts = video::Image<std::uint16_t>(kWidth_px, kHeight_px);
      for (int v = 0; v < kHeight_px; ++v) noise.add(seen.row(v), frame.counts.row(v));
      const auto output = detector.process(frame);
      if (i < kLearnt_frames + kSettling_frames) continue;
      ++looks;
      const detect::Box here{static_cast<int>(x), static_cast<int>(y), 1, 1};
      for (const detect::Detection& detection : output.detections)
        if (gap_px(detection.box, here) <= kNear_px) {
          ++found;
          break;
        }
    }
  }
  return static_cast<double>(found) / looks;
}

// Prints how often movers of these sizes are found where a chance is predicted; the mean
// difference.
void print_rows(std::string_view what, std::span<const Size> sizes, bench::NoisePool& noise) {
  double difference = 0;
  int cells = 0;
  for (const Size& size : sizes)
    for (const double blur_px : kBlurs_px) {
      fmt::print("{:22}",
                 fmt::format("{} x {} px, blur {}", size.width_px, size.height_px, blur_px));
      for (const double chance : kPredicted) {
        const double contrast = contrast_for(camera_of(blur_px), size, chance);
        const double found = found_share(size, blur_px, contrast, noise);
        fmt::print(" {:6.2f}", found);
        difference += std::abs(found - chance);
        ++cells;
      }
      fmt::print("\n");
    }
  fmt::print("{}: {:.3f} from the prediction on average\n", what, difference / cells);
}

}  // namespace
}  // namespace marsad

int main() {
  using namespace marsad;
  constexpr unsigned kSeed = 2026;
  bench::NoisePool noise(kNoise, kSeed);
  fmt::print("{:22}", "predicted");
  for (const double chance : kPredicted) fmt::print(" {:6.2f}", chance);
  fmt::print("\n");
  print_rows("sizes fitted to", kFitted, noise);
  print_rows("other sizes", kOthers, noise);
}
