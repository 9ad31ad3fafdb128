// SPDX-License-Identifier: Apache-2.0
#include "incident/turned_back.h"

#include <fmt/format.h>

#include <unordered_map>

namespace marsad::incident {
namespace {

constexpr double kForget_m = 500;

class TurnedBackRule : public Rule {
 public:
  explicit TurnedBackRule(Scoped<TurnedBackSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const TurnedBackSettings* const here = settings_.at(mover.at.s_m, scene.now);
    const double distance_m = mover.distance_m();
    if (here == nullptr || distance_m > kForget_m) return forget(mover.track->id);
    if (mover.side_probability() < here->side_probability) return;
    const auto [at, is_new] = states_.try_emplace(mover.track->id);
    State& state = at->second;
    const double away_m = here->away_m + mover.sigma_m;
    const bool back = distance_m >= state.nearest_m + away_m;
    if (!is_new && state.home == mover.home() && back && state.nearest_m <= here->within_m &&
        state.from_m >= state.nearest_m + away_m) {
      Finding& turned = found.emplace_back(state.nearest);
      turned.probability = mover.side_probability() * mover.track->existence;
      turned.movers = {*mover.track};
      turned.what = fmt::format("came from the {} to {:.0f} m off the line and turned back",
                                side_of(mover), state.nearest_m);
    }
    // Another way there begins.
    if (is_new || state.home != mover.home() || back || distance_m >= state.from_m) {
      state = {mover.home(), distance_m, distance_m, {}};
    }
    if (distance_m <= state.nearest_m) {
      state.nearest_m = distance_m;
      state.nearest = {Kind::turned_back,
                       mover.direction(),
                       scene.now,
                       mover.at.s_m,
                       mover.track->place,
                       0,
                       {},
                       {}};
    }
  }

  void forget(track::TrackId id) override { states_.erase(id); }

 private:
  struct State {
    bool home = false;
    double from_m = 0;  // how far off its way there began
    double nearest_m = 0;
    Finding nearest;  // where it was so near
  };

  Scoped<TurnedBackSettings> settings_;
  std::unordered_map<track::TrackId, State> states_;
};

}  // namespace

std::unique_ptr<Rule> turned_back_rule(Scoped<TurnedBackSettings> settings) {
  return std::make_unique<TurnedBackRule>(std::move(settings));
}

}  // namespace marsad::incident
