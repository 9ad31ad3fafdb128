// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "border/border.h"
#include "incident/crossing.h"
#include "incident/incident.h"
#include "track/track.h"

namespace marsad::incident {

struct JudgeSettings {
  CrossingSettings crossing;
  double same_event_s = 60;   // crossings the same way within this time and distance of each
  double same_event_m = 150;  // other are one event, a group's
};

// Turns tracks into incidents, except for what happens in a privacy zone. The same tracks in the
// same order give the same incidents, bit for bit. One thread.
class Judge {
 public:
  // Incidents are numbered from `next_id`; after a restart, from one past the newest stored.
  Judge(JudgeSettings settings, std::shared_ptr<const border::Border> border, IncidentId next_id);
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  // New and grown incidents, as of the tracks' time.
  std::vector<Incident> judge(std::span<const track::Track> tracks);
  // Forgets a track that will not come again and was not told as lost.
  void forget(track::TrackId id);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::incident
