// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "incident/incident.h"

namespace marsad::incident {
namespace {

base::Error wrong_state(const Incident& incident, std::string_view wanted, LifecycleState needed) {
  return {fmt::format("incident {}", incident.id.value),
          fmt::format("is {}; to be {} it must be {}", base::word(incident.state), wanted,
                      base::word(needed))};
}

}  // namespace

base::Result<Incident> acknowledge(Incident incident, Note note) {
  if (incident.state != LifecycleState::open) {
    return wrong_state(incident, "acknowledged", LifecycleState::open);
  }
  incident.state = LifecycleState::acknowledged;
  incident.notes.push_back(std::move(note));
  return incident;
}

base::Result<Incident> resolve(Incident incident, Outcome outcome, Note note) {
  if (incident.state != LifecycleState::acknowledged) {
    return wrong_state(incident, "resolved", LifecycleState::acknowledged);
  }
  incident.state = LifecycleState::resolved;
  incident.outcome = outcome;
  incident.notes.push_back(std::move(note));
  return incident;
}

Incident grown(const Incident& stored, Incident judged) {
  judged.state = stored.state;
  judged.outcome = stored.outcome;
  judged.notes = stored.notes;
  return judged;
}

Incident annotate(Incident incident, Note note) {
  incident.notes.push_back(std::move(note));
  return incident;
}

}  // namespace marsad::incident
