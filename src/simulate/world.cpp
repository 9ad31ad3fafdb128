// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "geo/local_frame.h"
#include "simulate/random.h"
#include "simulate/scenario.h"

namespace marsad::simulate {
namespace {

// What a random number of a mover is for.
enum class Draw : std::uint64_t { gait, lateral, roam_east, roam_north };

// A path in metres of a plane frame, by length along it. Before the start and past the end it goes
// straight on.
class Path {
 public:
  Path(const std::vector<geo::Geodetic>& places, const geo::LocalFrame& frame) {
    for (const geo::Geodetic& place : places) {
      geo::Enu point = frame.to_enu(place);
      point.up = 0;
      const double step = points_.empty() ? 0 : norm(point - points_.back());
      if (!points_.empty() && step == 0) continue;
      along_m_.push_back(points_.empty() ? 0 : along_m_.back() + step);
      points_.push_back(point);
    }
  }

  double length_m() const { return along_m_.back(); }
  double corners() const { return std::max(0.0, static_cast<double>(points_.size()) - 2); }

  // How far one comes in a time who halts so long at each corner.
  double walked_m(double since_s, double speed_mps, double halt_s) const {
    double rested_s = 0;
    for (std::size_t i = 1; i + 1 < along_m_.size(); ++i) {
      const double resting_s = since_s - rested_s - along_m_[i] / speed_mps;
      if (resting_s <= 0) break;
      rested_s += std::min(halt_s, resting_s);
    }
    return speed_mps * (since_s - rested_s);
  }

  geo::Enu at(double s_m) const {
    if (points_.size() < 2) return points_.front();
    const auto next = std::upper_bound(along_m_.begin() + 1, along_m_.end() - 1, s_m);
    const auto i = static_cast<std::size_t>(next - along_m_.begin());
    const double fraction = (s_m - along_m_[i - 1]) / (along_m_[i] - along_m_[i - 1]);
    return points_[i - 1] + fraction * (points_[i] - points_[i - 1]);
  }

  // To the right of the way, of length 1 on a straight, turning smoothly around corners.
  geo::Enu right_of(double s_m) const {
    constexpr double kTurn_m = 8;
    const geo::Enu ahead = 1 / (2 * kTurn_m) * (at(s_m + kTurn_m) - at(s_m - kTurn_m));
    return {ahead.north, -ahead.east, 0};
  }

 private:
  std::vector<geo::Enu> points_;
  std::vector<double> along_m_;
};

// A smooth function of time within -1 and 1 whose slope stays below `rate`.
double drift(std::uint64_t hash, double rate, double t_s) {
  const double slow = rate * between(0.5, 0.7, hash);
  const double fast = rate * between(1.1, 1.6, mix(hash));
  const double phase = 2 * std::numbers::pi * uniform(hash ^ 1);
  return 0.7 * std::sin(slow * t_s + phase) + 0.3 * std::sin(fast * t_s + 2.4 * phase);
}

double length_of_file_m(const Party& party) {
  return party.wander_m > 0 ? 0 : party.spacing_m * (party.count - 1);
}

}  // namespace

struct World::State {
  // A party with its path laid out.
  struct Route {
    geo::LocalFrame frame;
    Path path;
  };
  struct Mover {
    std::size_t party = 0;
    std::int64_t departure = 0;
    int member = 0;
  };

  Scenario scenario;
  std::shared_ptr<const terrain::Elevation> elevation;
  std::vector<Route> routes;

  std::uint64_t draw(const Mover& mover, Draw what) const {
    return hash(scenario.seed, mover.party, mover.departure, mover.member, what);
  }

  double since_departure_s(const Mover& mover, double t_s) const {
    const Party& party = scenario.parties[mover.party];
    return t_s - party.start_s - party.repeat_every_s * static_cast<double>(mover.departure);
  }

  bool stays(std::size_t party) const { return routes[party].path.length_m() == 0; }

  // How far along its path a mover of a file is. The gait varies by at most a fifth of the spacing
  // and of the speed, so the file neither mixes nor turns back.
  double along_m(const Mover& mover, double t_s) const {
    const Party& party = scenario.parties[mover.party];
    const double s = routes[mover.party].path.walked_m(since_departure_s(mover, t_s),
                                                       party.speed_mps, party.halt_s);
    if (party.wander_m > 0) return s;
    const double swing_m = 0.2 * std::min(party.spacing_m, 10.0);
    const double rate = swing_m > 0 ? 0.2 * party.speed_mps / swing_m : 0;
    return s - party.spacing_m * mover.member + swing_m * drift(draw(mover, Draw::gait), rate, t_s);
  }

  // Where it is in the plane frame of its path.
  geo::Enu plane(const Mover& mover, double t_s) const {
    constexpr double kRoam_mps = 0.5;
    const Party& party = scenario.parties[mover.party];
    const Path& path = routes[mover.party].path;
    const double s = along_m(mover, t_s);
    if (party.wander_m > 0) {
      const double reach_m = party.wander_m / std::numbers::sqrt2;
      const double rate = kRoam_mps / reach_m;
      const geo::Enu roam{drift(draw(mover, Draw::roam_east), rate, t_s),
                          drift(draw(mover, Draw::roam_north), rate, t_s), 0};
      return path.at(s) + reach_m * roam;
    }
    if (stays(mover.party)) return path.at(0) + geo::Enu{party.spacing_m * mover.member, 0, 0};
    const double reach_m = std::min(3.0, 0.25 * party.spacing_m);
    const double lateral_m = reach_m * between(-1, 1, draw(mover, Draw::lateral));
    return path.at(s) + lateral_m * path.right_of(s);
  }

  bool under_way(const Mover& mover, double t_s) const {
    if (since_departure_s(mover, t_s) < 0) return false;
    if (stays(mover.party)) return true;
    const double s = along_m(mover, t_s);
    return s >= 0 && s <= routes[mover.party].path.length_m();
  }

  std::optional<TruthState> look(const Mover& mover, double t_s) const {
    constexpr double kStep_s = 0.05;
    const Party& party = scenario.parties[mover.party];
    TruthState state;
    state.place = routes[mover.party].frame.to_geodetic(plane(mover, t_s));
    const auto ground_m = elevation->surface_m(state.place.lat_rad, state.place.lon_rad);
    if (!ground_m) return std::nullopt;
    state.place.height_m = *ground_m + party.above_ground_m;
    state.id = fmt::format("{}-{}/{}", party.name, mover.departure + 1, mover.member + 1);
    state.mover = party.mover;
    const geo::Enu velocity =
        1 / (2 * kStep_s) * (plane(mover, t_s + kStep_s) - plane(mover, t_s - kStep_s));
    state.ve_mps = velocity.east;
    state.vn_mps = velocity.north;
    return state;
  }

  // The first and last departure of which anyone may be under way; last < first where none is.
  std::pair<std::int64_t, std::int64_t> departures(std::size_t index, double t_s) const {
    const Party& party = scenario.parties[index];
    const double since_s = t_s - party.start_s;
    if (since_s < 0) return {0, -1};
    if (party.repeat_every_s <= 0) return {0, 0};
    constexpr double kStragglers_m = 10;
    const double way_m = routes[index].path.length_m() + length_of_file_m(party) + kStragglers_m;
    const double way_s = way_m / party.speed_mps + party.halt_s * routes[index].path.corners();
    const double first = (since_s - way_s) / party.repeat_every_s;
    return {std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(first))),
            static_cast<std::int64_t>(since_s / party.repeat_every_s)};
  }
};

World::World(Scenario scenario, std::shared_ptr<const terrain::Elevation> elevation)
    : state_(std::make_unique<State>()) {
  CHECK(elevation != nullptr);
  for (const Party& party : scenario.parties) {
    CHECK(!party.name.empty() && !party.path.empty() && party.count > 0);
    geo::Geodetic origin = party.path.front();
    origin.height_m = elevation->height_m(origin.lat_rad, origin.lon_rad).value_or(0);
    const geo::LocalFrame frame(origin);
    Path path(party.path, frame);
    CHECK(path.length_m() == 0 ? party.repeat_every_s <= 0 : party.speed_mps > 0);
    state_->routes.push_back({frame, std::move(path)});
  }
  state_->scenario = std::move(scenario);
  state_->elevation = std::move(elevation);
}

World::~World() = default;
World::World(World&&) noexcept = default;

const Scenario& World::scenario() const { return state_->scenario; }
const terrain::Elevation& World::elevation() const { return *state_->elevation; }

std::vector<TruthState> World::truth(double t_s) const {
  std::vector<TruthState> states;
  for (std::size_t party = 0; party < state_->routes.size(); ++party) {
    const auto [first, last] = state_->departures(party, t_s);
    for (std::int64_t departure = first; departure <= last; ++departure) {
      for (int member = 0; member < state_->scenario.parties[party].count; ++member) {
        const State::Mover mover{party, departure, member};
        if (!state_->under_way(mover, t_s)) continue;
        if (auto state = state_->look(mover, t_s)) states.push_back(*std::move(state));
      }
    }
  }
  return states;
}

}  // namespace marsad::simulate
