// SPDX-License-Identifier: Apache-2.0
#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace marsad::base {
namespace {

using std::chrono::steady_clock;

constexpr auto kRedrawEvery = std::chrono::milliseconds(100);
constexpr std::size_t kBarWidth = 30;

}  // namespace

Progress::Progress(std::string what, std::optional<std::uint64_t> total)
    : what_(std::move(what)),
      total_(total),
      on_terminal_(isatty(STDERR_FILENO) == 1),
      started_(steady_clock::now()),
      drawn_(started_) {}

Progress::~Progress() {
  if (!on_terminal_) return;
  draw();
  std::fputc('\n', stderr);
}

void Progress::advance(std::uint64_t steps) {
  done_ += steps;
  if (!on_terminal_ || steady_clock::now() - drawn_ < kRedrawEvery) return;
  draw();
}

void Progress::draw() {
  drawn_ = steady_clock::now();
  const double elapsed_s = std::chrono::duration<double>(drawn_ - started_).count();
  const double rate = elapsed_s > 0 ? static_cast<double>(done_) / elapsed_s : 0;
  std::string line = fmt::format("\r{} ", what_);
  if (total_ && *total_ > 0) {
    const auto filled = std::min(kBarWidth, kBarWidth * done_ / *total_);
    line += fmt::format("[{}{}] {}/{}", std::string(filled, '='),
                        std::string(kBarWidth - filled, ' '), done_, *total_);
  } else {
    line += fmt::format("{}", done_);
  }
  line += fmt::format("  {:.1f}/s  {:.0f} s \x1b[K", rate, elapsed_s);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace marsad::base
