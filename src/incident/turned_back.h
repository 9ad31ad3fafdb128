// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct TurnedBackSettings {
  double within_m = 60;  // it came so near to the line
  double away_m = 40;    // from at least so much farther off, and went back as far
  double side_probability = 0.9;
};

// Movers that came to the line and went back on the side they came from.
std::unique_ptr<Rule> turned_back_rule(Scoped<TurnedBackSettings> settings);

}  // namespace marsad::incident
