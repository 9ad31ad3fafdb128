// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sensor/sensor_id.h"
#include "service/live_message.h"
#include "wire/messages.h"

namespace marsad::service {

// What of the messages of the live feed an account of some kilometres or sensors is told: what lies
// in its kilometres and was seen by its sensors. All else is as if it were not there.

using Sensors = std::shared_ptr<const std::vector<sensor::SensorId>>;

// Where a mover was, and who had seen it by then: by what it is judged who is told.
struct Sighting {
  double chainage_m = 0;
  Sensors seen_by;
};

// The tracks of a message, and what each part of it is judged by.
struct TracksToTell {
  wire::TracksMessage whole;
  std::vector<Sighting> tracks;              // of each in `whole`
  std::vector<std::vector<Sighting>> tails;  // of each point of their tails
  // Of all members of each group in `whole`; none where one of them isn't known, which then might
  // lie anywhere.
  std::vector<std::optional<std::vector<Sighting>>> groups;
};

// Tracks that are seen, with the newest piece of their tails that is, and groups all of whose
// members are.
wire::TracksMessage part_of(const TracksToTell& tracks, const Scope& scope);

// The scope's cameras and whether the record is written; no queues, and no counts of the whole
// border.
wire::HealthMessage part_of(wire::HealthMessage message, const Scope& scope);

// Stretches within the kilometres; others are not a number. Nothing for an account of some sensors:
// what the others see would be told by it. `length_m`: of the line, which the last stretch may
// pass.
std::optional<wire::LedgerMessage> part_of(wire::LedgerMessage message, const Scope& scope,
                                           double length_m);

// Without the names of sensors that are not the scope's.
wire::IncidentView part_of(wire::IncidentView incident, const Scope& scope);

}  // namespace marsad::service
