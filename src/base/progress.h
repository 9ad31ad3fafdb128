// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace marsad::base {

// A bar for long work, drawn on standard error when that is a terminal and silent otherwise, so a
// pipe or a log stays clean. One thread.
class Progress {
 public:
  // `total` is the number of steps where it is known.
  Progress(std::string what, std::optional<std::uint64_t> total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t steps = 1);

 private:
  void draw();

  std::string what_;
  std::optional<std::uint64_t> total_;
  std::uint64_t done_ = 0;
  bool on_terminal_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace marsad::base
