// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/time.h"

namespace marsad::plan {

// What a person or a feed says of what no sensor tells: how the air is, or whether a balloon is up.
// It holds until the next one of the same.
struct ConditionWord {
  base::Time time;
  std::string by;
  std::string balloon;           // the sensor's; empty where it is of the air
  bool up = true;                // the balloon
  double extinction_per_km = 0;  // the air
  std::string text;              // "dust, visibility 2 km"; "wind 18 m/s"

  bool operator==(const ConditionWord&) const = default;
};

}  // namespace marsad::plan
