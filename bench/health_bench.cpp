// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <vector>

#include "detect/picture_health.h"

namespace marsad {
namespace {

constexpr int kWidth_px = 640;
constexpr int kHeight_px = 512;

// A second of noisy pictures of hills.
std::vector<video::Frame> pictures(int fps) {
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 20);
  std::vector<video::Frame> frames(static_cast<std::size_t>(fps));
  for (video::Frame& frame : frames) {
    frame.bits = 14;
    frame.counts = video::Image<std::uint16_t>(kWidth_px, kHeight_px);
    for (int y = 0; y < kHeight_px; ++y) {
      for (int x = 0; x < kWidth_px; ++x) {
        const int hill = (x / 17 * 7 + y / 23 * 5) % 13 < 5 && y > 150 ? 800 : 0;
        frame.counts.at(x, y) = static_cast<std::uint16_t>(7000 + hill + noise(random));
      }
    }
  }
  return frames;
}

// A frame's share of all that is looked at, of which most falls to one frame a second. `broken`
// turns the pictures upside down after a while, which is when the scene is searched for.
void watch(benchmark::State& state, bool broken) {
  const int fps = static_cast<int>(state.range(0));
  const std::vector<video::Frame> frames = pictures(fps);
  detect::PictureHealth health({kWidth_px, kHeight_px, 2});
  std::uint64_t n = 0;
  const auto next = [&] {
    video::Frame frame = frames[n % frames.size()];
    frame.number = n;
    frame.time = base::Time{} + base::from_seconds(static_cast<double>(n) / fps);
    ++n;
    return frame;
  };
  for (int i = 0; i < 20 * fps; ++i) health.look(next());
  for (auto _ : state) {
    state.PauseTiming();
    video::Frame frame = next();
    if (broken) std::ranges::reverse(frame.counts.pixels());
    state.ResumeTiming();
    benchmark::DoNotOptimize(health.look(frame));
  }
}

BENCHMARK_CAPTURE(watch, healthy, false)
    ->Arg(9)
    ->Arg(25)
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(500);
BENCHMARK_CAPTURE(watch, moved, true)->Arg(25)->Unit(benchmark::kMicrosecond)->Iterations(500);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
