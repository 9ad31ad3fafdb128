// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

struct GroupRuleSettings {
  std::uint32_t members = 3;  // persons, or movers that may be persons
  double within_m = 250;
  double closing_mps = 0.3;  // their middle comes towards the line at least so fast
};

// Groups of persons, by the tracker's word, that come towards the line. Told again as they grow.
std::unique_ptr<Rule> group_rule(Scoped<GroupRuleSettings> settings);

}  // namespace marsad::incident
