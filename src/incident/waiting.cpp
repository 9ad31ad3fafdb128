// SPDX-License-Identifier: Apache-2.0
#include "incident/waiting.h"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

namespace marsad::incident {
namespace {

class WaitingRule : public Rule {
 public:
  explicit WaitingRule(Scoped<WaitingSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const WaitingSettings* const here = settings_.at(mover.at.s_m, scene.now);
    if (here == nullptr || mover.distance_m() > here->within_m ||
        mover.side_probability() < here->side_probability) {
      return forget(mover.track->id);
    }
    const auto [at, is_new] = states_.try_emplace(mover.track->id);
    State& state = at->second;
    const double moved_m = std::hypot(mover.at.s_m - state.from.s_m, mover.at.d_m - state.from.d_m);
    if (is_new || moved_m > here->radius_m) state = {mover.at, scene.now, false};
    const double held_s = base::to_seconds(mover.track->last_seen - state.since);
    if (state.told || held_s < here->hold_s) return;
    state.told = true;
    found.push_back(found_of(mover, Kind::waiting,
                             mover.side_probability() * mover.track->existence,
                             fmt::format("stayed {:.0f} m off the line on the {} for {:.0f} s",
                                         mover.distance_m(), side_of(mover), held_s)));
  }

  void forget(track::TrackId id) override { states_.erase(id); }

 private:
  struct State {
    geo::Chainage from;
    base::Time since;
    bool told = false;
  };

  Scoped<WaitingSettings> settings_;
  std::unordered_map<track::TrackId, State> states_;
};

}  // namespace

std::unique_ptr<Rule> waiting_rule(Scoped<WaitingSettings> settings) {
  return std::make_unique<WaitingRule>(std::move(settings));
}

}  // namespace marsad::incident
