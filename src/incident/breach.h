// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct BreachSettings {
  double barrier_m = 80;  // the barrier stands so near to where the line was crossed
  double gate_m = 40;     // and no gate does
  double vehicle = 0.5;   // probability that it is a vehicle
};

// Vehicles over the line where a barrier stands that none can pass, by what is known of it then:
// it may be breached or bridged. Makes it of a crossing that the rules before it found.
std::unique_ptr<Rule> breach_rule(Scoped<BreachSettings> settings);

}  // namespace marsad::incident
