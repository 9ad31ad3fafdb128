// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct WaitingSettings {
  double within_m = 80;
  double radius_m = 15;  // it stays within this of where it began to
  double hold_s = 120;   // for so long
  double side_probability = 0.9;
};

// Movers that stay at one place near the line. Told once for each place.
std::unique_ptr<Rule> waiting_rule(Scoped<WaitingSettings> settings);

}  // namespace marsad::incident
