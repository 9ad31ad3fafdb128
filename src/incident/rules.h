// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "incident/approach.h"
#include "incident/breach.h"
#include "incident/convoy.h"
#include "incident/crossing.h"
#include "incident/drone.h"
#include "incident/group.h"
#include "incident/hand_over.h"
#include "incident/lost.h"
#include "incident/return_trip.h"
#include "incident/turned_back.h"
#include "incident/waiting.h"

namespace marsad::incident {

// Each kind's settings by place and time. As they stand, crossings are told everywhere and nothing
// else is.
struct RuleSettings {
  Scoped<CrossingSettings> crossing = everywhere(CrossingSettings{});
  Scoped<DroneSettings> drone;
  Scoped<ReturnTripSettings> return_trip;
  Scoped<BreachSettings> breach;
  Scoped<ApproachSettings> approach;
  Scoped<WaitingSettings> waiting;
  Scoped<TurnedBackSettings> turned_back;
  Scoped<LostSettings> lost;
  Scoped<GroupRuleSettings> group;
  Scoped<ConvoySettings> convoy;
  Scoped<HandOverSettings> hand_over;
};

// The rules that are on somewhere, in the order in which they look.
std::vector<std::unique_ptr<Rule>> make_rules(const RuleSettings& settings);

}  // namespace marsad::incident
