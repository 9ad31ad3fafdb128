// SPDX-License-Identifier: Apache-2.0
#include "incident/approach.h"

#include <fmt/format.h>

#include <optional>
#include <unordered_map>

namespace marsad::incident {
namespace {

constexpr double kSlowest_mps = 0.3;  // slower, a heading tells nothing
constexpr double kLeaves = 1.2;       // times the distance: one that goes there and back comes anew

class ApproachRule : public Rule {
 public:
  explicit ApproachRule(Scoped<ApproachSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const ApproachSettings* const here = settings_.at(mover.at.s_m, scene.now);
    const double distance_m = mover.distance_m();
    if (here == nullptr || distance_m > kLeaves * here->within_m) return forget(mover.track->id);
    if (mover.side_probability() < here->side_probability) return;
    State& state = states_[mover.track->id];
    if (state.home != mover.home()) state = {mover.home(), {}, false};
    if (!comes(mover, *here)) {
      state.since.reset();
      return;
    }
    if (!state.since) state.since = scene.now;
    // Seen to come, not only carried on by its prediction.
    const double held_s = base::to_seconds(mover.track->last_seen - *state.since);
    if (state.told || held_s < here->hold_s) return;
    state.told = true;
    found.push_back(found_of(
        mover, Kind::approach, mover.side_probability() * mover.track->existence,
        fmt::format("came towards the line from the {}, {:.0f} m off at {:.1f} m/s, {:.0f} s away,",
                    side_of(mover), distance_m, mover.speed_mps, distance_m / mover.closing_mps)));
  }

  void forget(track::TrackId id) override { states_.erase(id); }

 private:
  struct State {
    bool home = false;
    std::optional<base::Time> since;  // it comes since then
    bool told = false;
  };

  static bool comes(const Seen& mover, const ApproachSettings& settings) {
    return mover.speed_mps >= kSlowest_mps && mover.distance_m() <= settings.within_m &&
           mover.closing_mps >= settings.towards * mover.speed_mps &&
           mover.distance_m() <= mover.closing_mps * settings.arrives_s;
  }

  Scoped<ApproachSettings> settings_;
  std::unordered_map<track::TrackId, State> states_;
};

}  // namespace

std::unique_ptr<Rule> approach_rule(Scoped<ApproachSettings> settings) {
  return std::make_unique<ApproachRule>(std::move(settings));
}

}  // namespace marsad::incident
