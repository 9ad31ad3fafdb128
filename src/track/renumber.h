// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "track/mover.h"

namespace marsad::track {

// Numbers for the movers that began while looks were worked through again. Each gets the number of
// the track that had most of its plots before, so that people see the same track go on, though a
// late look may have changed which plot was its first.
class Renumbering {
 public:
  // This number stays with the mover that has it.
  void keeps(TrackId id) { taken_.insert(id); }

  // Now this mover, if any, owns the sighting, which must stay where it is until decide().
  void owns(const Mover* mover, Sighting& sighting);

  // Decides on the numbers, in order of birth; new ones count on from `last_id`. Writes the
  // sightings' owners.
  void decide(std::uint64_t& last_id);

  // Gives the mover its number, where it has none.
  void name(Mover& mover) const;

 private:
  struct Claim {
    std::uint64_t order = 0;  // the mover's
    TrackId before;           // the owner so far
    Sighting* sighting = nullptr;
  };
  TrackId inherited(std::span<const Claim> claims) const;

  std::set<TrackId> taken_;
  std::vector<Claim> claims_;
  std::vector<std::pair<std::uint64_t, TrackId>> names_;  // by the movers' order
};

}  // namespace marsad::track
