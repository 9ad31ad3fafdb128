// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

// How a mover comes towards the line.
struct ApproachSettings {
  double within_m = 300;
  double arrives_s = 180;  // it would be at the line by then
  double towards = 0.7;    // at least so much of its speed is towards the line
  double hold_s = 5;       // for so long
  double side_probability = 0.9;
};

// Movers that come towards the line. Told once for each time one comes near.
std::unique_ptr<Rule> approach_rule(Scoped<ApproachSettings> settings);

}  // namespace marsad::incident
