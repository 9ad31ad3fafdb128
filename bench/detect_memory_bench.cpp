// SPDX-License-Identifier: Apache-2.0
// The memory that one detector holds at 640 by 512 pixels: every allocation of the program is
// counted, with what the allocator rounds it up to.
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

#include "detect/detector.h"
#include "tests/detect/scene.h"

namespace {

std::int64_t live_bytes = 0;
std::int64_t peak_bytes = 0;

void* counted(void* block) {
  if (!block) throw std::bad_alloc();
  live_bytes += static_cast<std::int64_t>(malloc_usable_size(block));
  peak_bytes = std::max(peak_bytes, live_bytes);
  return block;
}

void give_back(void* block) {
  if (block) live_bytes -= static_cast<std::int64_t>(malloc_usable_size(block));
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }

int main() {
  using namespace marsad;
  constexpr int kLearnt_frames = 50;
  constexpr int kWatched_frames = 25;
  constexpr double kMebi = 1024.0 * 1024.0;
  test::Scene scene(640, 512);
  scene.texture = 60;
  std::vector<video::Frame> frames;
  for (int i = 0; i < kLearnt_frames + kWatched_frames; ++i)
    frames.push_back(
        scene.frame({{100 + 2.0 * i, 200, 4, 8, 60}, {400 - 5.0 * i, 300, 30, 14, 200}}));

  const std::int64_t before = live_bytes;
  detect::Detector detector({});
  for (int i = 0; i < kLearnt_frames; ++i)
    (void)detector.process(frames[static_cast<std::size_t>(i)]);
  const std::int64_t held = live_bytes - before;
  peak_bytes = live_bytes;
  for (std::size_t i = kLearnt_frames; i < frames.size(); ++i) (void)detector.process(frames[i]);
  fmt::print("held after {} frames  {:.1f} MiB\n", kLearnt_frames,
             static_cast<double>(held) / kMebi);
  fmt::print("at most during a frame  {:.1f} MiB\n",
             static_cast<double>(peak_bytes - before) / kMebi);
}
