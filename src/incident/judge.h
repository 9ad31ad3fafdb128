// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <set>
#include <span>
#include <vector>

#include "border/border.h"
#include "incident/events.h"
#include "incident/incident.h"
#include "incident/known_traffic.h"
#include "incident/rules.h"
#include "incident/tampering.h"
#include "track/groups.h"
#include "track/track.h"

namespace marsad::incident {

struct JudgeSettings {
  RuleSettings rules;
  EventSettings events;
  std::vector<KnownTraffic> known;
  PatrolSettings patrols;
  Scope tampering;  // sensors beside this stretch, at these hours
  bool tells_tampering = false;
};

// Turns tracks into incidents, except for what happens in a privacy zone. The same tracks in the
// same order give the same incidents, bit for bit. One thread.
class Judge {
 public:
  // Incidents are numbered from `next_id`, leaving out those in `taken`; after a restart, from one
  // past the newest stored.
  Judge(JudgeSettings settings, std::shared_ptr<const border::Border> border, IncidentId next_id,
        std::set<IncidentId> taken = {});
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  // New, grown and merged incidents, as of the tracks' time. A track far from the line costs next
  // to nothing: it is looked at again when it can have come near.
  std::vector<Incident> judge(std::span<const track::Track> tracks,
                              std::span<const track::Group> groups = {});
  // The same for what is wrong with a sensor, each time that begins.
  std::vector<Incident> judge(const SensorTrouble& trouble, base::Time now);
  // Forgets a track that will not come again and was not told as lost.
  void forget(track::TrackId id);

  // What known traffic explained so far.
  std::vector<HeldBack> held_back() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::incident
