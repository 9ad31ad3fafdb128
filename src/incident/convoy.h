// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct ConvoySettings {
  std::uint32_t vehicles = 3;
  double within_m = 500;     // of the line
  double gap_m = 100;        // from one to the next
  double speed_mps = 2;      // at least
  double heading_rad = 0.6;  // by which one's heading differs from the next one's
  double hold_s = 5;
};

// Vehicles that go the same way one after the other near the line. Told again as they grow.
std::unique_ptr<Rule> convoy_rule(Scoped<ConvoySettings> settings);

}  // namespace marsad::incident
