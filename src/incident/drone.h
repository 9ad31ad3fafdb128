// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct DroneSettings {
  double aircraft = 0.5;  // probability that it is an aircraft
  double hover_mps = 2;   // slower than this over a place for so long, it may put something down
  double hover_s = 4;
  double pick_up_m = 25;     // who stands so near to that place
  double pick_up_mps = 0.7;  // or goes no faster than this
  double pick_up_s = 5;      // for so long
  double within_s = 1800;    // so soon after, picked it up
};

// Aircraft over the line; and who later stays where one hovered after it had come over.
std::unique_ptr<Rule> drone_rule(Scoped<DroneSettings> settings);

}  // namespace marsad::incident
