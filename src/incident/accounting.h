// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "incident/incident.h"

namespace marsad::incident {

// What accounting needs of an incident.
struct Accounted {
  base::Time told;
  double chainage_m = 0;
  Kind kind = Kind::crossing;
  LifecycleState state = LifecycleState::open;
  std::optional<Outcome> outcome;
  std::optional<base::Time> acknowledged, arrived;
  std::vector<sensor::SensorId> sensors;
};

// How long something took, of as many incidents as it is known of.
struct Delays {
  std::size_t count = 0;
  double median_s = 0;
  double most_s = 0;  // of nine in ten: the 90th percentile, by nearest rank
};

// What became of some incidents. Shares of incidents, where several sensors saw one, need not be
// whole.
struct Tally {
  double incidents = 0;
  double unresolved = 0;
  double interdicted = 0;  // turned back, detained or handed to a partner
  double aided = 0;        // aid was given
  double lost = 0;         // nobody was found
  double own_force = 0;
  double false_alerts = 0;  // an animal or nothing
};

struct Sums {
  Tally tally;
  Delays to_acknowledge, to_arrive;  // from when it was told
};

struct SensorRow {
  sensor::SensorId sensor;
  std::size_t saw = 0;        // incidents it took part in
  std::size_t saw_alone = 0;  // that nobody else saw
  Tally share;                // of each incident one part in as many as sensors saw it
};

// Sums over the same incidents, cut up three ways.
struct Accounting {
  Sums all;
  std::map<Kind, std::size_t> kinds;
  std::vector<Sums> stretches;     // of the line, from its beginning
  std::vector<Sums> days;          // between two of the times given
  std::vector<SensorRow> sensors;  // by name
};

// `day_begins` are the beginnings of days in order and the end of the last; incidents told outside
// count in none. Stretches are as long as told, the last one what is left of the line.
Accounting account_for(std::span<const Accounted> incidents, double length_m, double stretch_m,
                       std::span<const base::Time> day_begins);

}  // namespace marsad::incident
