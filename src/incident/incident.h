// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
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

enum class Kind { crossing };
enum class Direction { inbound, outbound };  // inbound: from the far side to home
enum class LifecycleState { open, acknowledged, resolved };
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

constexpr std::array<std::string_view, 1> words(Kind) { return {"crossing"}; }
constexpr std::array<std::string_view, 2> words(Direction) { return {"inbound", "outbound"}; }
constexpr std::array<std::string_view, 3> words(LifecycleState) {
  return {"open", "acknowledged", "resolved"};
}
constexpr std::array<std::string_view, 8> words(Outcome) {
  return {"turned_back", "detained",  "aid_given", "handed_to_partner",
          "lost",        "own_force", "animal",    "false_alarm"};
}

// What a person wrote or did.
struct Note {
  base::Time time;
  std::string by;  // the post or role, never more than the writer gave
  std::string text;
  bool operator==(const Note&) const = default;
};

// The detection that showed the mover best, for the cut-out picture.
struct Evidence {
  sensor::SensorId sensor;
  base::Time time;
  locate::Cause cause;
  bool operator==(const Evidence&) const = default;
};

// Something a watch officer should know of.
struct Incident {
  IncidentId id;
  Kind kind = Kind::crossing;
  Direction direction = Direction::inbound;
  base::Time time;  // when it happened
  double chainage_m = 0;
  geo::Geodetic place;
  double probability = 0;  // that it happened as told
  sensor::ClassProbabilities classes = sensor::kUnknownClass;
  double speed_mps = 0;
  double heading_rad = 0;  // clockwise from north
  std::vector<track::TrackId> tracks;
  std::vector<sensor::SensorId> sensors;
  Evidence evidence;
  std::string because;  // the rule's own words

  LifecycleState state = LifecycleState::open;
  std::optional<Outcome> outcome;
  std::vector<Note> notes;
  bool operator==(const Incident&) const = default;
};

// Lifecycle: open → acknowledged → resolved. Each adds a note that says who and when; an incident
// in the wrong state is an error, so that two people can't both be first.
base::Result<Incident> acknowledge(Incident incident, Note note);
base::Result<Incident> resolve(Incident incident, Outcome outcome, Note note);
Incident annotate(Incident incident, Note note);

// A stored incident brought up to what the judge says now; what people did to it stays.
Incident grown(const Incident& stored, Incident judged);

}  // namespace marsad::incident
