// SPDX-License-Identifier: Apache-2.0
#include "incident/known_traffic.h"

#include <algorithm>

#include "geo/local_frame.h"

namespace marsad::incident {
namespace {

bool is_ours(border::Allegiance allegiance) {
  return allegiance == border::Allegiance::own || allegiance == border::Allegiance::allied;
}

double apart_m(const geo::Geodetic& one, const geo::Geodetic& other) {
  geo::Enu step = geo::LocalFrame(one).to_enu(other);
  step.up = 0;
  return norm(step);
}

}  // namespace

std::optional<std::string> KnownTrafficDesk::explanation(const Finding& finding,
                                                         const Scene& scene) const {
  const track::Track& mover = finding.movers.front();
  for (const KnownTraffic& known : known_) {
    const bool of_class = !known.mover || *known.mover == sensor::likeliest(mover.classes);
    if (of_class && known.scope.covers(finding.chainage_m, finding.time)) return known.name;
  }
  for (const border::ForceReport& force : border::newest_reports(scene.border.forces, scene.now)) {
    const bool fresh = force.role == border::ForceRole::post ||
                       base::to_seconds(scene.now - force.heard) <= patrols_.heard_s;
    if (is_ours(force.allegiance) && fresh &&
        apart_m(mover.place, force.place) <= patrols_.within_m + 2 * force.uncertainty_m) {
      return force.name;
    }
  }
  return std::nullopt;
}

bool KnownTrafficDesk::holds_back(const Finding& finding, const Scene& scene) {
  const auto name = explanation(finding, scene);
  if (!name) return false;
  for (const track::Track& mover : finding.movers) {
    if (counted_[mover.id].insert(*name).second) ++counts_[*name];
  }
  return true;
}

void KnownTrafficDesk::forget(track::TrackId id) { counted_.erase(id); }

std::vector<HeldBack> KnownTrafficDesk::counts() const {
  std::vector<HeldBack> out;
  for (const auto& [name, movers] : counts_) out.push_back({name, movers});
  return out;
}

}  // namespace marsad::incident
