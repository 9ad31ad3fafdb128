// SPDX-License-Identifier: Apache-2.0
#include "incident/crossing.h"

#include <fmt/format.h>

#include <unordered_map>

namespace marsad::incident {

std::optional<Crossing> CrossingWatch::update(const Seen& mover, const geo::BorderLine& line,
                                              const CrossingSettings& settings) {
  const track::Track& track = *mover.track;
  const bool home = mover.home();
  const double p_side = mover.side_probability();
  if (p_side < settings.side_probability) {
    candidate_.reset();
    return std::nullopt;
  }
  if (candidate_ != home) {
    candidate_ = home;
    candidate_since_ = track.time;
  }
  // Seen there, not only carried there by its prediction.
  const bool held = base::to_seconds(track.last_seen - candidate_since_) >= settings.hold_s;
  if (home_ == home) {
    settled_ = {track.time, track.place, p_side};
    return std::nullopt;
  }
  if (!held) return std::nullopt;

  std::optional<Crossing> crossing;
  if (home_) {
    // Its path from the last sure fix on the old side to here; where the two lie so that this
    // misses the line (past its end), the point of the line nearest to here stands in.
    const auto met = line.crossing(settled_.place, track.place);
    const double fraction = met ? met->fraction : 1;
    const double s_m = met ? met->s_m : mover.at.s_m;
    crossing = Crossing{
        home,
        settled_.time + base::from_seconds(fraction * base::to_seconds(track.time - settled_.time)),
        s_m, line.at(s_m), settled_.probability * p_side * track.existence};
    crossing->place.height_m = track.place.height_m;
  }
  home_ = home;
  settled_ = {track.time, track.place, p_side};
  return crossing;
}

namespace {

class CrossingRule : public Rule {
 public:
  explicit CrossingRule(Scoped<CrossingSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>& found) override {
    const CrossingSettings* const here = settings_.at(mover.at.s_m, scene.now);
    if (here == nullptr) return;
    const auto crossing = watches_[mover.track->id].update(mover, scene.border.line, *here);
    if (!crossing) return;
    found.push_back({Kind::crossing,
                     crossing->to_home ? Direction::inbound : Direction::outbound,
                     crossing->time,
                     crossing->chainage_m,
                     crossing->place,
                     crossing->probability,
                     {*mover.track},
                     crossing->to_home ? "passed from the far side to the home side"
                                       : "passed from the home side to the far side"});
  }

  void forget(track::TrackId id) override { watches_.erase(id); }

 private:
  Scoped<CrossingSettings> settings_;
  std::unordered_map<track::TrackId, CrossingWatch> watches_;
};

}  // namespace

std::unique_ptr<Rule> crossing_rule(Scoped<CrossingSettings> settings) {
  return std::make_unique<CrossingRule>(std::move(settings));
}

}  // namespace marsad::incident
