// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "incident/rule.h"

namespace marsad::incident {

struct EventSettings {
  double same_event_s = 60;    // what goes the same way within this time and distance of each
  double same_event_m = 150;   // other is one event, a group's
  double same_mover_s = 1800;  // so is what one mover does the same way within this time
};

// Makes one incident of all that was found of one event: it grows with every mover, sensor and
// kind, and is told as the kind that says most. Two that turn out to be one are merged into the
// earlier one.
class Events {
 public:
  // Incidents are numbered from `next_id`, leaving out those in `taken`.
  Events(const EventSettings& settings, IncidentId next_id, std::set<IncidentId> taken)
      : settings_(settings), next_id_(next_id), taken_(std::move(taken)) {}

  // Adds what was found at `now`. Returns the incident it belongs to, and before it those that are
  // merged into that one.
  std::vector<Incident> add(const Finding& finding, base::Time now);

  // A sensor that somebody covered, blinded or moved.
  std::vector<Incident> add_tampering(const Finding& finding, const sensor::SensorId& sensor,
                                      base::Time now);

 private:
  struct Event {
    Incident incident;
    base::Time newest;                 // when something was last found
    std::set<track::TrackId> counted;  // movers of the kind it is told as
    std::string what;                  // the rule's words for that kind
  };

  bool belongs(const Event& event, const Finding& finding) const;
  Event& begin(const Finding& finding, base::Time now);
  void join(Event& event, const Finding& finding) const;
  static void raise(Event& event, const Finding& finding);
  static void absorb(Event& event, Event& other);
  void forget_before(base::Time now);
  IncidentId next();

  EventSettings settings_;
  IncidentId next_id_;
  std::set<IncidentId> taken_;
  std::vector<Event> recent_;  // events that may still grow, by id
};

}  // namespace marsad::incident
