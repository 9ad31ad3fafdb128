// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/time.h"
#include "detect/spell.h"

namespace marsad::detect {

// Watches the times and the rate of one camera's frames.
class FramePace {
 public:
  // `clock_tolerance_s`: so far a live camera's times may be from the host's.
  explicit FramePace(double clock_tolerance_s);

  // Takes the next frame's number and time; `arrived` is the host's time at which a live camera's
  // frame came in, none for recordings. Returns the seconds since the frame before, as far as they
  // can be believed: time that stands, runs back or leaps counts as one usual interval.
  double take(std::uint64_t number, base::Time time, std::optional<base::Time> arrived);

  const Spell& slow() const { return slow_; }
  const Spell& clock_wrong() const { return clock_wrong_; }

 private:
  struct Taken {
    std::uint64_t number = 0;
    base::Time time;
    std::optional<base::Time> arrived;
  };

  void watch_clock(const Taken& now, double elapsed_s);
  void watch_rate(double interval_s, double elapsed_s, base::Time now);
  // What is wrong with the step from the frame before, in words; empty where nothing is.
  std::string fault_of_step(const Taken& now) const;

  double tolerance_s_;
  std::optional<Taken> last_;
  double usual_s_ = 0;  // from frame to frame; 0 before the second frame
  double known_s_ = 0;  // how much time usual_s_ was learnt over
  std::deque<double> recent_s_;
  double apart_s_ = 0;       // how long the clock has been off the host's
  double fault_left_s_ = 0;  // how long the last fault of a step is still told
  std::string fault_;
  Spell slow_;
  Spell clock_wrong_;
};

}  // namespace marsad::detect
