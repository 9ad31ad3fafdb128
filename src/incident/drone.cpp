// SPDX-License-Identifier: Apache-2.0
#include "incident/drone.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

namespace marsad::incident {
namespace {

double between_m(const geo::Chainage& one, const geo::Chainage& other) {
  return std::hypot(one.s_m - other.s_m, one.d_m - other.d_m);
}

class DroneRule : public Rule {
 public:
  explicit DroneRule(Scoped<DroneSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const DroneSettings* const here = settings_.at(mover.at.s_m, scene.now);
    if (here == nullptr) return;
    const double aircraft =
        mover.track->classes[static_cast<std::size_t>(sensor::MoverClass::aircraft)];
    if (aircraft >= here->aircraft) {
      watch_aircraft(mover, scene, *here, found);
    } else if (!drops_.empty()) {
      watch_pick_up(mover, scene, *here, found);
    }
  }

  void forget(track::TrackId id) override {
    hovers_.erase(id);
    for (Drop& drop : drops_) drop.there.erase(id);
  }

 private:
  struct Hover {
    std::optional<Direction> crossed;  // over the line, which way
    geo::Chainage at;
    std::optional<base::Time> since;
    bool dropped = false;
  };
  // Where an aircraft hovered, and since when who stays there.
  struct Drop {
    track::Track aircraft;
    Direction direction = Direction::inbound;
    geo::Chainage at;
    base::Time time;
    std::map<track::TrackId, base::Time> there;
  };

  void watch_aircraft(const Seen& mover, const Scene& scene, const DroneSettings& settings,
                      std::vector<Finding>& found) {
    Hover& hover = hovers_[mover.track->id];
    for (Finding& crossing : found) {
      if (crossing.kind != Kind::crossing && crossing.kind != Kind::return_trip) continue;
      hover.crossed = crossing.direction;
      crossing.kind = Kind::drone_crossing;
      crossing.what += " in the air";
    }
    if (!hover.crossed || mover.speed_mps > settings.hover_mps) {
      hover.since.reset();
      hover.dropped = false;
      return;
    }
    if (!hover.since) {
      hover.since = scene.now;
      hover.at = mover.at;
    }
    if (hover.dropped || base::to_seconds(scene.now - *hover.since) < settings.hover_s) return;
    hover.dropped = true;
    drops_.push_back({*mover.track, *hover.crossed, hover.at, scene.now, {}});
  }

  void watch_pick_up(const Seen& mover, const Scene& scene, const DroneSettings& settings,
                     std::vector<Finding>& found) {
    std::erase_if(drops_, [&](const Drop& drop) {
      return base::to_seconds(scene.now - drop.time) > settings.within_s;
    });
    for (auto drop = drops_.begin(); drop != drops_.end(); ++drop) {
      const bool stays = between_m(mover.at, drop->at) <= settings.pick_up_m &&
                         mover.speed_mps <= settings.pick_up_mps;
      if (!stays) {
        drop->there.erase(mover.track->id);
        continue;
      }
      const auto [at, is_new] = drop->there.try_emplace(mover.track->id, scene.now);
      if (base::to_seconds(mover.track->last_seen - at->second) < settings.pick_up_s) continue;
      Finding& picked = found.emplace_back(
          found_of(mover, Kind::drone_drop, mover.track->existence * drop->aircraft.existence,
                   fmt::format("stayed where an aircraft had hovered {:.0f} s before",
                               base::to_seconds(at->second - drop->time))));
      picked.direction = drop->direction;
      picked.movers.push_back(drop->aircraft);
      drops_.erase(drop);
      return;
    }
  }

  Scoped<DroneSettings> settings_;
  std::unordered_map<track::TrackId, Hover> hovers_;
  std::vector<Drop> drops_;
};

}  // namespace

std::unique_ptr<Rule> drone_rule(Scoped<DroneSettings> settings) {
  return std::make_unique<DroneRule>(std::move(settings));
}

}  // namespace marsad::incident
