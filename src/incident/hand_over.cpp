// SPDX-License-Identifier: Apache-2.0
#include "incident/hand_over.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>

namespace marsad::incident {
namespace {

constexpr double kGap_s = 2.5;  // surveys may miss one or two

class HandOverRule : public Rule {
 public:
  explicit HandOverRule(Scoped<HandOverSettings> settings) : settings_(std::move(settings)) {}

  void look(const Seen& mover, const Scene& scene, std::vector<Finding>&) override {
    const HandOverSettings* const here = settings_.at(mover.at.s_m, scene.now);
    if (here == nullptr || mover.side_probability() < here->side_probability) return;
    from_home_.try_emplace(mover.track->id, mover.home());
  }

  void survey(const Scene& scene, std::vector<Finding>& found) override {
    for (std::size_t i = 0; i < scene.near.size(); ++i) {
      const Seen& one = scene.near[i];
      const HandOverSettings* const here = settings_.at(one.at.s_m, scene.now);
      if (here == nullptr || one.distance_m() > here->within_m) continue;
      for (std::size_t j = i + 1; j < scene.near.size(); ++j) {
        const Seen& other = scene.near[j];
        if (other.at.s_m - one.at.s_m > here->part_m) break;
        if (from_both_sides(one, other)) watch(one, other, scene, *here);
      }
    }
    for (auto at = meetings_.begin(); at != meetings_.end();) {
      const bool over = is_over(at->second, scene);
      if (over && at->second.met_s >= at->second.hold_s) found.push_back(tell(at->second));
      at = over ? meetings_.erase(at) : std::next(at);
    }
  }

  void forget(track::TrackId id) override {
    from_home_.erase(id);
    for (auto& [pair, meeting] : meetings_) {
      if (pair.first == id || pair.second == id) meeting.lost = true;
    }
  }

 private:
  struct Meeting {
    track::Track one, other;  // as they met
    geo::Chainage at;
    base::Time since;
    base::Time near;   // when they were near each other last
    double met_s = 0;  // how long they were
    double hold_s = 0, part_m = 0;
    bool lost = false;  // one of them
  };

  bool from_both_sides(const Seen& one, const Seen& other) const {
    const auto a = from_home_.find(one.track->id), b = from_home_.find(other.track->id);
    return a != from_home_.end() && b != from_home_.end() && a->second != b->second;
  }

  void watch(const Seen& one, const Seen& other, const Scene& scene,
             const HandOverSettings& settings) {
    const double relative_mps = std::hypot(one.track->ve_mps - other.track->ve_mps,
                                           one.track->vn_mps - other.track->vn_mps);
    if (relative_mps > settings.slow_mps) return;
    // One camera knows badly how far off each is: they may be nearer than they seem.
    if (apart_m(one, other) - apart_sigma_m(one, other) > settings.meet_m) return;
    const std::pair<track::TrackId, track::TrackId> ids =
        std::minmax(one.track->id, other.track->id);
    const auto [at, is_new] = meetings_.try_emplace(ids);
    Meeting& meeting = at->second;
    if (is_new) {
      meeting = {*one.track, *other.track,    one.at,          scene.now, scene.now,
                 0,          settings.hold_s, settings.part_m, false};
    }
    // What lies between two such moments counts unless it is long.
    const double step_s = base::to_seconds(scene.now - meeting.near);
    if (step_s <= kGap_s) meeting.met_s += step_s;
    meeting.near = scene.now;
  }

  static bool is_over(const Meeting& meeting, const Scene& scene) {
    if (meeting.lost) return true;
    const Seen* of[2] = {nullptr, nullptr};
    for (const Seen& mover : scene.near) {
      if (mover.track->id == meeting.one.id) of[0] = &mover;
      if (mover.track->id == meeting.other.id) of[1] = &mover;
    }
    return of[0] != nullptr && of[1] != nullptr && apart_m(*of[0], *of[1]) >= meeting.part_m;
  }

  static Finding tell(const Meeting& meeting) {
    return {Kind::hand_over,
            Direction::none,
            meeting.since,
            meeting.at.s_m,
            meeting.one.place,
            meeting.one.existence * meeting.other.existence,
            {meeting.one, meeting.other},
            fmt::format("from both sides met {:.0f} m off the line for {:.0f} s and parted",
                        std::abs(meeting.at.d_m), meeting.met_s)};
  }

  Scoped<HandOverSettings> settings_;
  std::unordered_map<track::TrackId, bool> from_home_;  // the side it was first sure to be on
  std::map<std::pair<track::TrackId, track::TrackId>, Meeting> meetings_;
};

}  // namespace

std::unique_ptr<Rule> hand_over_rule(Scoped<HandOverSettings> settings) {
  return std::make_unique<HandOverRule>(std::move(settings));
}

}  // namespace marsad::incident
