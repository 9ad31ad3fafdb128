// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/border_line.h"
#include "liaison/coarse.h"
#include "liaison/policy.h"

namespace marsad::liaison {

// What a partner is told of an incident. What may not be told is not in it, so that nothing that is
// written from a notice can tell it.
struct Notice {
  PartnerId to;
  Language language = Language::en;
  bool simulated = false;  // an exercise: what it tells of does not exist
  std::optional<incident::Kind> kind;
  std::optional<base::Time> time;
  std::optional<double> chainage_m;  // of the cell's middle
  std::optional<Cell> place;
  std::optional<incident::Direction> direction;
  std::optional<double> probability;
  std::optional<sensor::MoverClass> mover;
  std::optional<double> speed_mps;
  std::optional<double> heading_rad;  // clockwise from north
  std::optional<incident::Outcome> outcome;
  std::vector<sensor::SensorId> sensors;
  std::optional<incident::IncidentId> picture_of;  // its picture goes with it; never written out
  bool operator==(const Notice&) const = default;
};

// One thing a notice tells, in neutral words: {mover, "person"}, {kilometre, "213.5"}.
struct Told {
  Field field;
  std::string value;
  bool operator==(const Told&) const = default;
};
// All that a notice tells, in the order of the fields.
std::vector<Told> told(const Notice& notice);

// A person who let a partner be told of an incident.
struct Release {
  std::string by;
  base::Time time;
  bool operator==(const Release&) const = default;
};

// Why a partner is not told.
struct Withheld {
  enum class Why { no_concern, no_disclosure, own_force, too_early, not_released };
  Why why;
  std::string words;
  std::optional<base::Time> until;  // where waiting alone helps
};

struct Occasion {
  base::Time now;
  std::vector<Release> releases;  // of this incident to this partner
  bool simulated = false;
};

// What a partner is told of an incident now, or why nothing. Default deny: without an entry of the
// policy for the partner and the incident's kind nothing is told, and no field it does not name.
// An incident that turned out to be own forces is told to nobody. The kilometre told is that of the
// cell's middle: it tells no more than the cell. That a partner is told at all tells that the
// incident is its concern (its kilometres, sides, kinds).
std::variant<Notice, Withheld> disclose(const incident::Incident& incident, const Partner& partner,
                                        const Policy& policy, const geo::BorderLine& line,
                                        const Occasion& occasion);

// What a partner would be told once the delay is over and enough have released it.
std::variant<Notice, Withheld> preview(const incident::Incident& incident, const Partner& partner,
                                       const Policy& policy, const geo::BorderLine& line,
                                       bool simulated);

}  // namespace marsad::liaison
