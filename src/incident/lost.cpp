// SPDX-License-Identifier: Apache-2.0
#include "incident/lost.h"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

namespace marsad::incident {
namespace {

class LostRule : public Rule {
 public:
  explicit LostRule(Scoped<LostSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const LostSettings* const here = settings_.at(mover.at.s_m, scene.now);
    if (here == nullptr || mover.distance_m() > here->within_m) return forget(mover.track->id);
    State& state = states_[mover.track->id];
    const double unseen_s = base::to_seconds(scene.now - mover.track->last_seen);
    if (unseen_s < here->unseen_s) {
      state.told = false;
      if (unseen_s == 0) state.seen = mover.at;
      return;
    }
    if (state.told || mover.track->existence < here->existence) return;
    state.told = true;
    Finding& lost = found.emplace_back(found_of(
        mover, Kind::lost, mover.track->existence,
        fmt::format("went out of sight {:.0f} m off the line on the {}, where no sensor sees, and "
                    "did not show again for {:.0f} s",
                    std::abs(state.seen.d_m), state.seen.d_m < 0 ? "far side" : "home side",
                    unseen_s)));
    lost.time = mover.track->last_seen;
    lost.direction = state.seen.d_m < 0 ? Direction::inbound : Direction::outbound;
    lost.chainage_m = state.seen.s_m;
    lost.place = scene.border.line.at(state.seen.s_m);
  }

  void forget(track::TrackId id) override { states_.erase(id); }

 private:
  struct State {
    geo::Chainage seen;  // where it was seen last
    bool told = false;
  };

  Scoped<LostSettings> settings_;
  std::unordered_map<track::TrackId, State> states_;
};

}  // namespace

std::unique_ptr<Rule> lost_rule(Scoped<LostSettings> settings) {
  return std::make_unique<LostRule>(std::move(settings));
}

}  // namespace marsad::incident
