// SPDX-License-Identifier: Apache-2.0
#include "incident/return_trip.h"

#include <fmt/format.h>

#include <unordered_map>

namespace marsad::incident {
namespace {

class ReturnTripRule : public Rule {
 public:
  explicit ReturnTripRule(Scoped<ReturnTripSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    for (Finding& crossing : found) {
      if (crossing.kind != Kind::crossing) continue;
      const ReturnTripSettings* const here = settings_.at(mover.at.s_m, scene.now);
      const auto [at, is_first] = last_.try_emplace(mover.track->id);
      const Last before = at->second;
      at->second = {crossing.time, crossing.direction};
      if (here == nullptr || is_first || before.direction == crossing.direction) continue;
      const double away_s = base::to_seconds(crossing.time - before.time);
      if (away_s > here->within_s) continue;
      crossing.kind = Kind::return_trip;
      // One event with its way there, whose direction it keeps.
      crossing.direction = before.direction;
      crossing.what =
          fmt::format("passed from the {} and came back after {:.0f} s",
                      before.direction == Direction::inbound ? "far side to the home side"
                                                             : "home side to the far side",
                      away_s);
    }
  }

  void forget(track::TrackId id) override { last_.erase(id); }

 private:
  struct Last {
    base::Time time;
    Direction direction = Direction::inbound;
  };

  Scoped<ReturnTripSettings> settings_;
  std::unordered_map<track::TrackId, Last> last_;
};

}  // namespace

std::unique_ptr<Rule> return_trip_rule(Scoped<ReturnTripSettings> settings) {
  return std::make_unique<ReturnTripRule>(std::move(settings));
}

}  // namespace marsad::incident
