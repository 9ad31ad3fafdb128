// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct ReturnTripSettings {
  double within_s = 1800;  // back so soon
};

// Movers that cross and come back: makes a return trip of the second crossing that the rules before
// it found.
std::unique_ptr<Rule> return_trip_rule(Scoped<ReturnTripSettings> settings);

}  // namespace marsad::incident
