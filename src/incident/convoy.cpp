// SPDX-License-Identifier: Apache-2.0
#include "incident/convoy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace marsad::incident {
namespace {

constexpr double kNoWalker_mps = 6;

// What goes so fast on the ground is no person and no herd, whatever it looks like from behind.
bool may_be_vehicle(const Seen& mover) {
  return mover.mover == sensor::MoverClass::vehicle ||
         (mover.mover == sensor::MoverClass::unknown && mover.speed_mps >= kNoWalker_mps);
}

class ConvoyRule : public Rule {
 public:
  explicit ConvoyRule(Scoped<ConvoySettings> settings) : settings_(std::move(settings)) {}

  void survey(const Scene& scene, std::vector<Finding>& found) override {
    std::vector<const Seen*> vehicles;
    for (const Seen& mover : scene.near) {
      const ConvoySettings* const here = settings_.at(mover.at.s_m, scene.now);
      if (here != nullptr && may_be_vehicle(mover) && mover.distance_m() <= here->within_m &&
          mover.speed_mps >= here->speed_mps) {
        vehicles.push_back(&mover);
      }
    }
    std::map<track::TrackId, base::Time> since;  // in a convoy
    for (const std::vector<const Seen*>& convoy : convoys(vehicles, scene.now)) {
      const Seen& first = *convoy.front();
      const ConvoySettings& here = *settings_.at(first.at.s_m, scene.now);
      if (convoy.size() < here.vehicles) continue;
      bool held = true, is_new = false;
      for (const Seen* vehicle : convoy) {
        const auto before = since_.find(vehicle->track->id);
        const base::Time begin = before == since_.end() ? scene.now : before->second;
        since[vehicle->track->id] = begin;
        held = held && base::to_seconds(scene.now - begin) >= here.hold_s;
        is_new = is_new || !told_.contains(vehicle->track->id);
      }
      if (held && is_new) tell(convoy, found);
    }
    since_ = std::move(since);
  }

  void forget(track::TrackId id) override {
    since_.erase(id);
    told_.erase(id);
  }

 private:
  static bool follow(const Seen& one, const Seen& other, const ConvoySettings& settings) {
    const double cosine =
        (one.track->ve_mps * other.track->ve_mps + one.track->vn_mps * other.track->vn_mps) /
        (one.speed_mps * other.speed_mps);
    return apart_m(one, other) <= settings.gap_m && cosine >= std::cos(settings.heading_rad);
  }

  // Chains of vehicles that follow each other. `vehicles` are in order of chainage.
  std::vector<std::vector<const Seen*>> convoys(const std::vector<const Seen*>& vehicles,
                                                base::Time now) const {
    std::vector<std::size_t> head(vehicles.size());
    std::iota(head.begin(), head.end(), 0U);
    for (std::size_t i = 0; i < vehicles.size(); ++i) {
      const ConvoySettings& here = *settings_.at(vehicles[i]->at.s_m, now);
      for (std::size_t j = i + 1; j < vehicles.size(); ++j) {
        if (vehicles[j]->at.s_m - vehicles[i]->at.s_m > here.gap_m) break;
        if (head[i] == head[j] || !follow(*vehicles[i], *vehicles[j], here)) continue;
        const std::size_t from = std::max(head[i], head[j]), to = std::min(head[i], head[j]);
        std::replace(head.begin(), head.end(), from, to);
      }
    }
    std::map<std::size_t, std::vector<const Seen*>> chains;
    for (std::size_t i = 0; i < vehicles.size(); ++i) chains[head[i]].push_back(vehicles[i]);
    std::vector<std::vector<const Seen*>> out;
    for (auto& [number, chain] : chains) out.push_back(std::move(chain));
    return out;
  }

  void tell(const std::vector<const Seen*>& convoy, std::vector<Finding>& found) {
    const Seen& first = *convoy.front();
    double existence = 1;
    for (const Seen* vehicle : convoy) existence = std::min(existence, vehicle->track->existence);
    Finding& finding = found.emplace_back(
        found_of(first, Kind::convoy, existence,
                 fmt::format("went one after the other on the {}, {:.0f} m off the line at "
                             "{:.0f} m/s,",
                             side_of(first), first.distance_m(), first.speed_mps)));
    finding.movers.clear();
    for (const Seen* vehicle : convoy) {
      finding.movers.push_back(*vehicle->track);
      told_.insert(vehicle->track->id);
    }
  }

  Scoped<ConvoySettings> settings_;
  std::map<track::TrackId, base::Time> since_;
  std::set<track::TrackId> told_;
};

}  // namespace

std::unique_ptr<Rule> convoy_rule(Scoped<ConvoySettings> settings) {
  return std::make_unique<ConvoyRule>(std::move(settings));
}

}  // namespace marsad::incident
