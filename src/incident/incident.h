// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "base/words.h"
#include "geo/geodetic.h"
#include "locate/plot.h"
#include "sensor/mover_class.h"
#include "track/track.h"

namespace marsad::incident {

using IncidentId = base::Id<struct IncidentTag>;

// From what may become something to what surely is: of what is told of one event the last counts.
enum class Kind {
  approach,        // comes towards the line
  waiting,         // stays near the line
  group,           // several come towards the line together
  convoy,          // several vehicles in file near the line
  lost,            // out of all sensors' sight near the line, and not gone
  turned_back,     // came to the line and went back
  crossing,        // over the line
  return_trip,     // over the line and back
  hand_over,       // movers of both sides met at the line and parted
  breach,          // with a vehicle over the line where a barrier stands
  drone_crossing,  // over the line in the air
  drone_drop,      // something put down by a drone was picked up
  tampering        // a sensor was covered, blinded or moved
};
// inbound: from the far side to home; none: of what goes neither way.
enum class Direction { inbound, outbound, none };
enum class LifecycleState { open, acknowledged, tasked, resolved };
enum class Outcome {
  turned_back,
  detained,
  aid_given,
  handed_to_partner,
  lost,
  own_force,
  animal,
  false_alarm
};
// Where people in need are sent on to.
enum class Referral { none, medical, family_tracing, child_protection, shelter };

constexpr std::array<std::string_view, 13> words(Kind) {
  return {"approach",       "waiting",    "group",       "convoy",    "lost",
          "turned_back",    "crossing",   "return_trip", "hand_over", "breach",
          "drone_crossing", "drone_drop", "tampering"};
}
constexpr std::array<std::string_view, 3> words(Direction) {
  return {"inbound", "outbound", "none"};
}
constexpr std::array<std::string_view, 4> words(LifecycleState) {
  return {"open", "acknowledged", "tasked", "resolved"};
}
constexpr std::array<std::string_view, 8> words(Outcome) {
  return {"turned_back", "detained",  "aid_given", "handed_to_partner",
          "lost",        "own_force", "animal",    "false_alarm"};
}
constexpr std::array<std::string_view, 5> words(Referral) {
  return {"none", "medical", "family_tracing", "child_protection", "shelter"};
}

// What a person wrote or did.
struct Note {
  base::Time time;
  std::string by;  // the post or role, never more than the writer gave
  std::string text;
  bool operator==(const Note&) const = default;
};

// How many persons there were, by the care they need. Never who they are.
struct Persons {
  std::uint32_t adults = 0;
  std::uint32_t children = 0;
  std::uint32_t injured = 0;  // among them
  bool operator==(const Persons&) const = default;
};

// What an event was found to be, and when for the first time.
struct Stage {
  Kind kind = Kind::crossing;
  base::Time time;
  std::string what;  // the rule's words
  bool operator==(const Stage&) const = default;
};

// The detection that showed the mover best, for the cut-out picture.
struct Evidence {
  sensor::SensorId sensor;
  base::Time time;
  locate::Cause cause;
  bool operator==(const Evidence&) const = default;
};

// When people did something about an incident for the first time.
struct Milestones {
  std::optional<base::Time> acknowledged;
  std::optional<base::Time> tasked;
  std::optional<base::Time> arrived;  // when those sent were there
  std::optional<base::Time> resolved;
  bool operator==(const Milestones&) const = default;
};

// Something a watch officer should know of: one event, however many sensors and tracks it had.
struct Incident {
  IncidentId id;
  Kind kind = Kind::crossing;
  Direction direction = Direction::inbound;
  base::Time time;  // when it happened
  base::Time told;  // when it was found for the first time
  double chainage_m = 0;
  geo::Geodetic place;
  double probability = 0;  // that it happened as told
  sensor::ClassProbabilities classes = sensor::kUnknownClass;
  double speed_mps = 0;
  double heading_rad = 0;  // clockwise from north
  std::vector<track::TrackId> tracks;
  std::vector<sensor::SensorId> sensors;
  Evidence evidence;
  std::string because;                    // the rule's own words
  std::vector<Stage> history;             // all that it was found to be, in order of time
  std::optional<IncidentId> merged_into;  // it turned out to be one event with this one

  LifecycleState state = LifecycleState::open;
  std::optional<Outcome> outcome;
  std::string tasked_to;  // the patrol or post that was sent; empty: none
  Milestones reached;
  std::optional<Persons> persons;
  Referral referral = Referral::none;
  std::uint32_t reminders = 0;  // how often nobody acknowledged it in time
  std::vector<Note> notes;
  bool operator==(const Incident&) const = default;
};

// What came of it.
struct Resolution {
  Outcome outcome = Outcome::false_alarm;
  std::optional<Persons> persons = std::nullopt;
  Referral referral = Referral::none;
};

// Lifecycle: open → acknowledged → tasked → resolved; one may be resolved without anybody sent.
// Each adds a note that says who and when; an incident in the wrong state is an error, so that two
// people can't both be first.
base::Result<Incident> acknowledge(Incident incident, Note note);
// Sends a patrol or post; while it is tasked already, another one in its place.
base::Result<Incident> task(Incident incident, std::string to, Note note);
// Those sent are there. Said a second time of one incident, or before anybody was sent, an error.
base::Result<Incident> arrive(Incident incident, Note note);
// More injured than persons, or a referral of nobody, is an error too.
base::Result<Incident> resolve(Incident incident, const Resolution& resolution, Note note);
Incident annotate(Incident incident, Note note);

// An open incident that nobody acknowledged in time, with a reminder and a note that says so: the
// first `after_s` after it was told, each further one twice as long after it as the one before.
// None where none is due.
std::optional<Incident> reminded(const Incident& incident, base::Time now, double after_s);

// A stored incident brought up to what the judge says now; what people did to it stays.
Incident grown(const Incident& stored, Incident judged);

}  // namespace marsad::incident
