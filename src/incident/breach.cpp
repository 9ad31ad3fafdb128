// SPDX-License-Identifier: Apache-2.0
#include "incident/breach.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/words.h"
#include "geo/local_frame.h"

namespace marsad::incident {
namespace {

bool stops_vehicles(border::BarrierKind kind) {
  return kind == border::BarrierKind::trench || kind == border::BarrierKind::berm ||
         kind == border::BarrierKind::fence || kind == border::BarrierKind::wall;
}

// How far a place is from the nearest point of a barrier's line.
double distance_m(const geo::Geodetic& place, const std::vector<geo::Geodetic>& line) {
  const geo::LocalFrame here(place);
  double nearest_m = std::numeric_limits<double>::infinity();
  geo::Enu before;
  for (std::size_t i = 0; i < line.size(); ++i) {
    geo::Enu at = here.to_enu(line[i]);
    at.up = 0;
    nearest_m = std::min(nearest_m, norm(at));
    const geo::Enu step = at - before;
    const double length2 = dot(step, step);
    if (i > 0 && length2 > 0) {
      const double along = std::clamp(-dot(before, step) / length2, 0.0, 1.0);
      nearest_m = std::min(nearest_m, norm(before + along * step));
    }
    before = at;
  }
  return nearest_m;
}

class BreachRule : public Rule {
 public:
  explicit BreachRule(Scoped<BreachSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    for (Finding& crossing : found) {
      if (crossing.kind != Kind::crossing && crossing.kind != Kind::return_trip) continue;
      const BreachSettings* const here = settings_.at(crossing.chainage_m, scene.now);
      const double vehicle =
          mover.track->classes[static_cast<std::size_t>(sensor::MoverClass::vehicle)];
      if (here == nullptr || vehicle < here->vehicle) continue;
      const border::Barrier* const barrier = in_the_way(crossing, scene, *here);
      if (barrier == nullptr) continue;
      crossing.kind = Kind::breach;
      crossing.what +=
          fmt::format(" where the {}{}{} stands: it may be breached or bridged,",
                      base::word(barrier->kind), barrier->name.empty() ? "" : " ", barrier->name);
    }
  }

 private:
  // The barrier that should have stopped it; null where there is none or a gate is near.
  static const border::Barrier* in_the_way(const Finding& crossing, const Scene& scene,
                                           const BreachSettings& settings) {
    const border::Barrier* standing = nullptr;
    for (const border::Barrier& barrier : scene.border.barriers) {
      const double off_m = distance_m(crossing.place, barrier.line);
      if (barrier.kind == border::BarrierKind::gate && off_m <= settings.gate_m) return nullptr;
      if (!stops_vehicles(barrier.kind) || off_m > settings.barrier_m) continue;
      if (!stands(barrier, crossing.chainage_m, crossing.time, scene.now)) return nullptr;
      standing = &barrier;
    }
    return standing;
  }

  Scoped<BreachSettings> settings_;
};

}  // namespace

std::unique_ptr<Rule> breach_rule(Scoped<BreachSettings> settings) {
  return std::make_unique<BreachRule>(std::move(settings));
}

}  // namespace marsad::incident
