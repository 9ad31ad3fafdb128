// SPDX-License-Identifier: Apache-2.0
#include "track/renumber.h"

#include <algorithm>

#include "base/check.h"

namespace marsad::track {

void Renumbering::owns(const Mover* mover, Sighting& sighting) {
  if (mover == nullptr || mover->id != TrackId{}) {
    sighting.owner = mover == nullptr ? TrackId{} : mover->id;
    return;
  }
  claims_.push_back({mover->order, sighting.owner, &sighting});
}

// The number most of these sightings had before; of several the least, none where all are new.
TrackId Renumbering::inherited(std::span<const Claim> claims) const {
  std::vector<TrackId> before;
  for (const Claim& claim : claims) {
    if (claim.before != TrackId{} && !taken_.contains(claim.before)) before.push_back(claim.before);
  }
  std::sort(before.begin(), before.end());
  TrackId best;
  std::ptrdiff_t most = 0;
  for (auto at = before.begin(); at != before.end();) {
    const auto next = std::upper_bound(at, before.end(), *at);
    if (next - at > most) {
      most = next - at;
      best = *at;
    }
    at = next;
  }
  return best;
}

void Renumbering::decide(std::uint64_t& last_id) {
  std::stable_sort(claims_.begin(), claims_.end(),
                   [](const Claim& a, const Claim& b) { return a.order < b.order; });
  for (auto at = claims_.begin(); at != claims_.end();) {
    const std::uint64_t order = at->order;
    const auto next = std::find_if(at, claims_.end(),
                                   [order](const Claim& claim) { return claim.order != order; });
    TrackId id = inherited(std::span(at, next));
    if (id == TrackId{}) id = TrackId{++last_id};
    taken_.insert(id);
    names_.emplace_back(order, id);
    for (; at != next; ++at) at->sighting->owner = id;
  }
}

void Renumbering::name(Mover& mover) const {
  if (mover.id != TrackId{}) return;
  const auto found =
      std::lower_bound(names_.begin(), names_.end(), mover.order,
                       [](const auto& name, std::uint64_t order) { return name.first < order; });
  CHECK(found != names_.end() && found->first == mover.order);
  mover.id = found->second;
}

}  // namespace marsad::track
