// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "border/control.h"

namespace marsad::border {

inline base::Time day(int number) {
  return base::Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 1)) +
         std::chrono::hours(24 * number);
}

// Any entry on the first ten kilometres and days, learnt on that day.
inline rc::Gen<ControlEntry> any_entry(int learnt_day) {
  return rc::gen::exec([learnt_day] {
    ControlEntry entry;
    const int from_mm = *rc::gen::inRange(0, 10'000'000);
    entry.from_m = from_mm / 1000.0;
    entry.to_m = (from_mm + *rc::gen::inRange(1, 5'000'000)) / 1000.0;
    entry.side = *rc::gen::element(Side::far, Side::home);
    entry.holder = holder_of(*rc::gen::element<std::string>("contested", "nobody", "unknown", "SDF",
                                                            "gov, PMU", "\"5\""));
    entry.since = day(*rc::gen::inRange(0, 10));
    if (*rc::gen::arbitrary<bool>())
      entry.until = entry.since + base::Duration(*rc::gen::inRange(1, 2'000'000'000));
    entry.learnt = day(learnt_day);
    entry.source = *rc::gen::element<std::string>("", "liaison cell", "patrol 4, by radio");
    entry.confidence = *rc::gen::inRange(0, 1001) / 1000.0;
    return entry;
  });
}

// A register of some entries, learnt on days 0, 0 to 2, …
inline ControlRegister any_register(std::size_t count) {
  ControlRegister control;
  int learnt = 0;
  for (std::size_t i = 0; i < count; ++i) {
    learnt += *rc::gen::inRange(0, 3);
    const auto added = control.add(*any_entry(learnt));
    RC_ASSERT(added.has_value());
  }
  return control;
}

}  // namespace marsad::border
