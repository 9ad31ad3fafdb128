// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "sensor/health.h"

namespace marsad::detect {

// What one look at a picture says of one trouble.
enum class Suspicion : std::uint8_t { no, unsure, yes };

// `yes` from `begins` on, `no` below `ends`; between them a trouble neither begins nor ends.
constexpr Suspicion suspect_above(double value, double ends, double begins) {
  if (value >= begins) return Suspicion::yes;
  return value < ends ? Suspicion::no : Suspicion::unsure;
}
constexpr Suspicion suspect_below(double value, double ends, double begins) {
  return suspect_above(-value, -ends, -begins);
}

// A trouble begins when it was suspected without a break for so long, and ends when it was not for
// so long: a shutter, a passing cloud or a bird on the hood is none.
class Spell {
 public:
  Spell(sensor::HealthState state, double begin_s, double end_s)
      : condition_{state, {}, {}}, begin_s_(begin_s), end_s_(end_s) {}

  // `elapsed_s` since the update before, at the frame's time `now`.
  void update(Suspicion suspicion, double elapsed_s, base::Time now, std::string detail = {});

  bool holds() const { return holds_; }
  // Whether it holds or may be about to.
  bool is_open() const { return holds_ || suspected_; }
  // Since when it was suspected, and the newest detail. Only where it holds.
  const sensor::Condition& condition() const { return condition_; }

 private:
  sensor::Condition condition_;
  double begin_s_;
  double end_s_;
  bool suspected_ = false;
  bool holds_ = false;
  double for_s_ = 0;
  double against_s_ = 0;
};

}  // namespace marsad::detect
