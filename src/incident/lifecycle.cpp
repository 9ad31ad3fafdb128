// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "incident/incident.h"

namespace marsad::incident {
namespace {

constexpr std::uint32_t kMostReminders = 8;  // the last after 128 times the time

base::Error wrong(const Incident& incident, std::string message) {
  return {fmt::format("incident {}", incident.id.value), std::move(message)};
}

base::Error wrong_state(const Incident& incident, std::string_view wanted,
                        std::string_view needed) {
  return wrong(incident, fmt::format("is {}; to be {} it must be {}", base::word(incident.state),
                                     wanted, needed));
}

}  // namespace

base::Result<Incident> acknowledge(Incident incident, Note note) {
  if (incident.state != LifecycleState::open) return wrong_state(incident, "acknowledged", "open");
  incident.state = LifecycleState::acknowledged;
  incident.reached.acknowledged = note.time;
  incident.notes.push_back(std::move(note));
  return incident;
}

base::Result<Incident> task(Incident incident, std::string to, Note note) {
  const bool ready =
      incident.state == LifecycleState::acknowledged || incident.state == LifecycleState::tasked;
  if (!ready) return wrong_state(incident, "tasked", "acknowledged");
  if (to.empty()) return wrong(incident, "tasked to nobody; expected a patrol or post");
  incident.state = LifecycleState::tasked;
  incident.tasked_to = std::move(to);
  if (!incident.reached.tasked) incident.reached.tasked = note.time;
  incident.notes.push_back(std::move(note));
  return incident;
}

base::Result<Incident> arrive(Incident incident, Note note) {
  if (incident.state != LifecycleState::tasked)
    return wrong_state(incident, "arrived at", "tasked");
  if (incident.reached.arrived) {
    return wrong(incident, fmt::format("was arrived at already, {}",
                                       base::to_iso8601(*incident.reached.arrived)));
  }
  incident.reached.arrived = note.time;
  incident.notes.push_back(std::move(note));
  return incident;
}

base::Result<Incident> resolve(Incident incident, const Resolution& resolution, Note note) {
  const bool ready =
      incident.state == LifecycleState::acknowledged || incident.state == LifecycleState::tasked;
  if (!ready) return wrong_state(incident, "resolved", "acknowledged or tasked");
  if (resolution.persons) {
    const std::uint64_t count =
        std::uint64_t{resolution.persons->adults} + resolution.persons->children;
    if (resolution.persons->injured > count) {
      return wrong(incident, fmt::format("{} injured of {} persons; expected no more injured than "
                                         "adults and children",
                                         resolution.persons->injured, count));
    }
  }
  if (resolution.referral != Referral::none && !resolution.persons) {
    return wrong(incident, fmt::format("referral {} of nobody; expected the numbers of persons",
                                       base::word(resolution.referral)));
  }
  incident.state = LifecycleState::resolved;
  incident.outcome = resolution.outcome;
  incident.persons = resolution.persons;
  incident.referral = resolution.referral;
  incident.reached.resolved = note.time;
  incident.notes.push_back(std::move(note));
  return incident;
}

std::optional<Incident> reminded(const Incident& incident, base::Time now, double after_s) {
  if (incident.state != LifecycleState::open || incident.merged_into) return std::nullopt;
  const double open_s = base::to_seconds(now - incident.told);
  // Of several that fell due at once, while the program did not run, one note is enough.
  std::uint32_t due = incident.reminders;
  while (due < kMostReminders && open_s >= after_s * static_cast<double>(1U << due)) ++due;
  if (due == incident.reminders) return std::nullopt;
  Incident out = incident;
  out.reminders = due;
  out.notes.push_back({now, "marsad", fmt::format("not acknowledged for {:.0f} s", open_s)});
  return out;
}

Incident grown(const Incident& stored, Incident judged) {
  judged.state = stored.state;
  judged.outcome = stored.outcome;
  judged.tasked_to = stored.tasked_to;
  judged.reached = stored.reached;
  judged.persons = stored.persons;
  judged.referral = stored.referral;
  judged.reminders = stored.reminders;
  judged.notes = stored.notes;
  return judged;
}

Incident annotate(Incident incident, Note note) {
  incident.notes.push_back(std::move(note));
  return incident;
}

}  // namespace marsad::incident
