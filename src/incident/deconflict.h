// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "border/border.h"
#include "incident/incident.h"

namespace marsad::incident {

enum class WarningKind {
  force_near,    // a friendly force at the incident: it may be what was seen, or be fired at
  force_on_way,  // one near the way there
  converging,    // another patrol is on its way to the same place, or to one nearby
  zone_there,    // the incident lies in a zone
  zone_on_way    // the way there leads through one
};
constexpr std::array<std::string_view, 5> words(WarningKind) {
  return {"force_near", "force_on_way", "converging", "zone_there", "zone_on_way"};
}

// One reason to think twice before somebody is sent.
struct Warning {
  WarningKind kind = WarningKind::force_near;
  std::string who;              // the force or zone
  geo::Geodetic where;          // as it was heard of; of a zone, the nearest point looked at
  std::optional<double> age_s;  // of that position; none for a zone
  double off_m = 0;             // from the incident or the way
  std::string text;             // all of it in a person's words
};

struct DeconflictSettings {
  double near_m = 300;         // beside what a force's place is unsure by, 2 sigma
  double oldest_s = 6 * 3600;  // a patrol not heard of for so long tells nothing
};

// Somebody who may be sent: where from, and as whom, so that no warning is of himself.
struct Tasking {
  std::string name;
  geo::Geodetic from;
};

// What stands against sending somebody to an incident now, the gravest first. `others` are the open
// incidents to which somebody is tasked already. Ways are straight; forces are where they were
// heard of last, as unsure as they have become since.
std::vector<Warning> deconflict(const Incident& incident, const Tasking& tasking,
                                const border::Border& border, const std::vector<Incident>& others,
                                base::Time now, const DeconflictSettings& settings = {});

}  // namespace marsad::incident
