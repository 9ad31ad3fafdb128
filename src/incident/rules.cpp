// SPDX-License-Identifier: Apache-2.0
#include "incident/rules.h"

namespace marsad::incident {

std::vector<std::unique_ptr<Rule>> make_rules(const RuleSettings& settings) {
  std::vector<std::unique_ptr<Rule>> rules;
  const auto add = [&](auto make, const auto& of) {
    if (!of.empty()) rules.push_back(make(of));
  };
  add(crossing_rule, settings.crossing);
  // These make more of a crossing.
  add(drone_rule, settings.drone);
  add(return_trip_rule, settings.return_trip);
  add(breach_rule, settings.breach);
  add(approach_rule, settings.approach);
  add(waiting_rule, settings.waiting);
  add(turned_back_rule, settings.turned_back);
  add(lost_rule, settings.lost);
  add(group_rule, settings.group);
  add(convoy_rule, settings.convoy);
  add(hand_over_rule, settings.hand_over);
  return rules;
}

}  // namespace marsad::incident
