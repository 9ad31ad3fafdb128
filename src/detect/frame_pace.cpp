// SPDX-License-Identifier: Apache-2.0
#include "detect/frame_pace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace marsad::detect {
namespace {

constexpr double kBelievedStep_s = 2;
constexpr double kFirstGuess_s = 0.04;
constexpr double kLearn_s = 10;      // before a rate is known
constexpr double kForget_s = 600;    // the usual rate follows so slowly
constexpr std::size_t kRecent = 32;  // intervals that the rate of the moment is the mean of
constexpr double kOutage = 10;       // usual intervals; one gap counts as no more
constexpr double kSlow = 1.6;        // usual intervals, from which on frames come too slowly
constexpr double kSlowEnds = 1.3;
constexpr double kAsUsual = 1.1;  // slower than this is not learnt
constexpr double kLeap_s = 5;     // a recording's time, beyond what the missing frames explain
constexpr double kApart_s = 5;    // a late burst of frames is no wrong clock
constexpr double kTellFault_s = 60;

}  // namespace

FramePace::FramePace(double clock_tolerance_s)
    : tolerance_s_(clock_tolerance_s),
      slow_(sensor::HealthState::slow, 5, 10),
      clock_wrong_(sensor::HealthState::clock_wrong, 0, 0) {}

double FramePace::take(std::uint64_t number, base::Time time, std::optional<base::Time> arrived) {
  const Taken now{number, time, arrived};
  if (!last_) {
    last_ = now;
    return 0;
  }
  const double step_s = base::to_seconds(time - last_->time);
  const double usual_s = usual_s_ > 0 ? usual_s_ : kFirstGuess_s;
  const bool believed = step_s > 0 && step_s <= std::max(kBelievedStep_s, 3 * usual_s);
  const double elapsed_s = believed ? step_s : usual_s;
  watch_clock(now, elapsed_s);
  if (step_s > 0 && number > last_->number) {
    watch_rate(step_s / static_cast<double>(number - last_->number), elapsed_s, time);
  }
  last_ = now;
  return elapsed_s;
}

std::string FramePace::fault_of_step(const Taken& now) const {
  const double step_s = base::to_seconds(now.time - last_->time);
  if (step_s < 0) return fmt::format("frame times went back by {:.1f} s", -step_s);
  if (step_s == 0) return "frame times stand still";
  if (now.arrived && last_->arrived) {
    const double waited_s = base::to_seconds(*now.arrived - *last_->arrived);
    if (std::abs(step_s - waited_s) <= tolerance_s_) return {};
    return fmt::format("frame times leapt by {:.1f} s within {:.1f} s", step_s, waited_s);
  }
  const bool counted = now.number > last_->number;  // else a recording began again
  const double frames = counted ? static_cast<double>(now.number - last_->number) : 1;
  if (step_s <= kLeap_s + 3 * frames * usual_s_) return {};
  return fmt::format("frame times leapt by {:.1f} s", step_s);
}

void FramePace::watch_clock(const Taken& now, double elapsed_s) {
  fault_left_s_ = std::max(0.0, fault_left_s_ - elapsed_s);
  if (std::string fault = fault_of_step(now); !fault.empty()) {
    fault_ = std::move(fault);
    fault_left_s_ = kTellFault_s;
  }
  const double ahead_s = now.arrived ? base::to_seconds(now.time - *now.arrived) : 0;
  apart_s_ = std::abs(ahead_s) > tolerance_s_ ? apart_s_ + elapsed_s : 0;
  std::string detail;
  if (apart_s_ >= kApart_s) {
    detail = fmt::format("frame times are {:.1f} s {} this computer's clock", std::abs(ahead_s),
                         ahead_s > 0 ? "ahead of" : "behind");
  } else if (fault_left_s_ > 0) {
    detail = fault_;
  }
  const Suspicion wrong = detail.empty() ? Suspicion::no : Suspicion::yes;
  clock_wrong_.update(wrong, elapsed_s, now.time, std::move(detail));
}

void FramePace::watch_rate(double interval_s, double elapsed_s, base::Time now) {
  if (usual_s_ == 0) usual_s_ = interval_s;
  interval_s = std::min(interval_s, kOutage * usual_s_);
  recent_s_.push_back(interval_s);
  if (recent_s_.size() > kRecent) recent_s_.pop_front();
  const double recent_s = std::accumulate(recent_s_.begin(), recent_s_.end(), 0.0) /
                          static_cast<double>(recent_s_.size());
  const bool known = known_s_ >= kLearn_s;
  if (known && recent_s_.size() == kRecent) {
    slow_.update(suspect_above(recent_s / usual_s_, kSlowEnds, kSlow), elapsed_s, now,
                 fmt::format("{:.1f} pictures/s; usually {:.1f}", 1 / recent_s, 1 / usual_s_));
  }
  if (slow_.is_open() || (known && recent_s > kAsUsual * usual_s_)) return;
  known_s_ = std::min(kForget_s, known_s_ + interval_s);
  usual_s_ += std::min(1.0, interval_s / known_s_) * (interval_s - usual_s_);
}

}  // namespace marsad::detect
