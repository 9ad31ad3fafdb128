// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace marsad::video {

// Turns the stamps a recording gives its pictures into times that begin at `start` and always go
// forward. A stamp counts from anywhere; only differences matter. Where one is missing, goes
// back (a recorder that was started again) or leaps, `step` for each picture since the last is
// taken.
class FrameClock {
 public:
  FrameClock(base::Time start, base::Duration step) : step_(step), time_(start) {}

  // `number` is the picture's, counted from 0 and always larger than the one before.
  base::Time time_of(std::uint64_t number, std::optional<base::Duration> stamp) {
    const base::Duration steps = step_ * static_cast<std::int64_t>(number - number_);
    if (stamp && stamp_ && *stamp > *stamp_ && *stamp - *stamp_ < kLeap) {
      time_ += *stamp - *stamp_;
    } else {
      time_ += steps;
    }
    if (!stamp && stamp_) stamp = *stamp_ + steps;
    stamp_ = stamp;
    number_ = number;
    return time_;
  }

 private:
  static constexpr base::Duration kLeap = std::chrono::hours(24);  // a damaged stamp

  base::Duration step_;
  base::Time time_;
  std::uint64_t number_ = 0;
  std::optional<base::Duration> stamp_;
};

}  // namespace marsad::video
