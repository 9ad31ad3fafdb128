// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct LostSettings {
  double within_m = 150;
  double unseen_s = 15;    // nobody saw it for so long
  double existence = 0.5;  // and it is at least so sure that it is still there
};

// Movers that went out of all sensors' sight near the line and are not gone: the tracker keeps
// believing in one only where it may be in dead ground. Told once each time.
std::unique_ptr<Rule> lost_rule(Scoped<LostSettings> settings);

}  // namespace marsad::incident
