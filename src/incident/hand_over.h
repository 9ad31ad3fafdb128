// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct HandOverSettings {
  double within_m = 200;  // of the line
  double meet_m = 15;     // so near to each other, within what is known of it (1 sigma)
  double slow_mps = 1;    // and standing or going together: those who pass each other don't meet
  double hold_s = 5;      // for so long
  double part_m = 35;     // and then so far apart
  double side_probability = 0.9;  // how sure of the sides they came from
};

// Two movers that came from both sides of the line, met and parted. One that is lost after they
// met has parted too: close together, the tracker may lose one of them.
std::unique_ptr<Rule> hand_over_rule(Scoped<HandOverSettings> settings);

}  // namespace marsad::incident
