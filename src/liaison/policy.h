// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "incident/incident.h"
#include "liaison/channel.h"
#include "liaison/partner.h"

namespace marsad::liaison {

// All that can be told of an incident. What has no word here can be allowed to nobody: the
// incident's number, its tracks, the rule's own words and people's notes, whose free text may hold
// anything.
enum class Field {
  kind,
  time,
  kilometre,
  place,
  direction,
  probability,
  mover,
  speed,
  heading,
  outcome,
  sensors,
  picture
};
inline constexpr std::size_t kFields = 12;
constexpr std::array<std::string_view, kFields> words(Field) {
  return {"kind",  "time",  "kilometre", "place",   "direction", "probability",
          "mover", "speed", "heading",   "outcome", "sensors",   "picture"};
}

// What one partner may hear of incidents of some kinds.
struct Disclosure {
  PartnerId partner;
  std::vector<incident::Kind> kinds;
  std::vector<Field> fields;  // nothing else is told
  double grid_m = 0;          // place and kilometre are told as the middle of cells of this size
  double delay_s = 0;         // nothing is told before the incident is so old
  int persons = 1;            // who must have released it, all different

  // What telling gives away beside the words (reveal.h).
  bool tells_allied = false;                         // the partner may know of our patrols
  double allied_within_m = 2000;                     // of the cell told, beside their error
  std::vector<sensor::SensorId> known_sensors = {};  // whose places the partner knows anyway
  double sensor_within_m = 1000;                     // of the cell told
  int persons_if_warned = 1;                         // who must release it then, at least

  bool allows(Field field) const;
};

// Who may hear what. What no entry allows is not told.
struct Policy {
  std::vector<Disclosure> disclosures;

  // The entry for a partner and kind; none: nothing may be told.
  const Disclosure* find(const PartnerId& partner, incident::Kind kind) const;
};

// A site's partners and what they may hear.
struct Liaison {
  std::vector<Partner> partners;
  Policy policy;
  std::vector<Channel> channels;
  std::vector<Listener> listeners;
  std::string sender = "marsad";  // the site, as it is known outside
  double escalate_after_s = 900;  // a notice not received by then is told to the headquarters
  // Who the headquarters are to call where nobody acknowledges an incident in time; empty: the
  // headquarters are not told.
  std::string overdue_role;

  const Partner* partner(const PartnerId& id) const;
  const Channel* channel(std::string_view hop) const;
};

}  // namespace marsad::liaison
