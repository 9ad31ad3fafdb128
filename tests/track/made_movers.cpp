// SPDX-License-Identifier: Apache-2.0
#include "tests/track/made_movers.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/track/dice.h"
#include "tests/track/strip.h"

namespace marsad::test {
namespace {

using std::numbers::pi;

constexpr double kStep_s = MadeMover::kStep_s;

// How somebody goes: the shape of the way, and the pace on it.
struct Gait {
  MadeKind kind;
  double speed_mps;
  double wander;  // rad/√m by which the heading changes
  double turn_every_m;
  double turn_m;  // the length of a turn
  double most_turn_rad;
  double acceleration_mps2;
};

Gait walking(double speed_mps) { return {MadeKind::walker, speed_mps, 0.005, 500, 30, 1, 0.4}; }
Gait driving(double speed_mps) { return {MadeKind::vehicle, speed_mps, 0.003, 600, 90, 1.5, 1.5}; }
Gait grazing(double speed_mps) { return {MadeKind::animal, speed_mps, 0.1, 60, 10, 2.5, 0.4}; }

// The places at every so many metres of a way.
constexpr double kWayStep_m = 1;

std::vector<geo::Enu> draw_way(const Gait& gait, double length_m, double heading, Dice& dice) {
  std::vector<geo::Enu> way;
  way.reserve(static_cast<std::size_t>(length_m / kWayStep_m) + 2);
  geo::Enu at;
  double turn_left_m = 0;
  double bend = 0;  // rad/m
  for (double s = 0; s <= length_m + kWayStep_m; s += kWayStep_m) {
    way.push_back(at);
    if (turn_left_m <= 0 && dice.uniform() < kWayStep_m / gait.turn_every_m) {
      turn_left_m = gait.turn_m;
      bend = dice.uniform(-gait.most_turn_rad, gait.most_turn_rad) / gait.turn_m;
    }
    heading += gait.wander * std::sqrt(kWayStep_m) * dice.normal();
    if (turn_left_m > 0) heading += bend * kWayStep_m;
    turn_left_m -= kWayStep_m;
    at = at + kWayStep_m * geo::Enu{std::sin(heading), std::cos(heading), 0};
  }
  return way;
}

geo::Enu along(const std::vector<geo::Enu>& way, double s_m) {
  const auto i =
      std::min(static_cast<std::size_t>(std::max(0.0, s_m / kWayStep_m)), way.size() - 2);
  return way[i] + (s_m / kWayStep_m - double(i)) * (way[i + 1] - way[i]);
}

// How far along the way at each step.
std::vector<double> draw_pace(const Gait& gait, double seconds, double stop_every_s, Dice& dice) {
  std::vector<double> pace;
  double s = 0;
  double speed = gait.speed_mps;
  double stands_until_s = 0;
  for (double t = 0; t <= seconds; t += kStep_s) {
    pace.push_back(s);
    if (stop_every_s > 0 && t > stands_until_s && dice.uniform() < kStep_s / stop_every_s) {
      stands_until_s = t + dice.uniform(10, 60);
    }
    const double wanted = t < stands_until_s ? 0 : gait.speed_mps;
    const double most = gait.acceleration_mps2 * kStep_s;
    speed += std::clamp(wanted - speed, -most, most);
    s += speed * kStep_s;
  }
  return pace;
}

class Party {
 public:
  Party(const Strip& strip, std::vector<MadeMover>& movers) : s_(strip), movers_(movers) {}

  // One, or several with so much between them, who start together. `starts` is the leader's place.
  void add(const Gait& gait, int size, double spacing_m, bool abreast, geo::Enu starts,
           double heading, double first_s) {
    Dice dice = fresh();
    const double tail_m = abreast ? 0 : (size - 1) * spacing_m;
    const std::vector<double> pace =
        draw_pace(gait, s_.duration_s - first_s, s_.stop_every_s, dice);
    const std::vector<geo::Enu> way = draw_way(gait, pace.back() + tail_m, heading, dice);
    const geo::Enu shift = starts - along(way, tail_m);
    for (int i = 0; i < size; ++i) {
      MadeMover mover;
      mover.id = s_.name + std::to_string(movers_.size());
      mover.kind = size > 1 && gait.kind == MadeKind::walker ? MadeKind::group : gait.kind;
      mover.group = size > 1 ? groups_ : -1;
      mover.first_s = first_s;
      const double beside_m = abreast ? i * spacing_m : 0;
      const double behind_m = abreast ? 0 : i * spacing_m;
      const geo::Enu offset = shift + beside_m * geo::Enu{std::cos(heading), -std::sin(heading), 0};
      walk(mover, way, pace, tail_m - behind_m, offset, dice);
      movers_.push_back(std::move(mover));
    }
    if (size > 1) ++groups_;
  }

  Dice fresh() {
    // Far apart for neighbouring seeds, too.
    return Dice((s_.seed * 1'000'003 + ++parties_) * 0x9E3779B97F4A7C15U);
  }

 private:
  void walk(MadeMover& mover, const std::vector<geo::Enu>& way, const std::vector<double>& pace,
            double ahead_m, geo::Enu offset, Dice& dice) const {
    // Nobody keeps to a line: each sways a little, slowly.
    const double sway_m = mover.kind == MadeKind::vehicle ? 0.3 : 0.8;
    const double rate = 2 * pi / dice.uniform(20, 40);
    const double phase_e = dice.uniform(0, 2 * pi), phase_n = dice.uniform(0, 2 * pi);
    for (std::size_t i = 0; i < pace.size(); ++i) {
      const double t = double(i) * kStep_s;
      const geo::Enu sway = {sway_m * std::sin(rate * t + phase_e),
                             sway_m * std::sin(rate * t + phase_n), 0};
      const geo::Enu at = along(way, pace[i] + ahead_m) + offset + sway;
      if (at.east < 0 || at.east > s_.length_m || std::abs(at.north) > s_.half_width_m) break;
      mover.way.push_back(at + geo::Enu{s_.west_m, s_.north_m, 0});
    }
    double t = mover.first_s;
    while (true) {
      t -= s_.hide_every_s * std::log(1 - dice.uniform());
      if (t > s_.duration_s) return;
      const double until = t + dice.uniform(5, 20);
      mover.hidden.emplace_back(t, until);
      t = until;
    }
  }

  const Strip& s_;
  std::vector<MadeMover>& movers_;
  std::uint64_t parties_ = 0;
  int groups_ = 0;
};

// Places and headings as people have them who want to cross the border, northward.
struct Start {
  geo::Enu at;
  double heading, first_s;
};

Start on_foot(const Strip& s, Dice& dice) {
  return {{dice.uniform(0.05, 0.95) * s.length_m, dice.uniform(-0.5, 0.3) * s.half_width_m, 0},
          dice.uniform(-0.6, 0.6),
          std::floor(dice.uniform(0, 0.3) * s.duration_s)};
}

Start anywhere(const Strip& s, double latest, Dice& dice) {
  return {{dice.uniform(0.1, 0.9) * s.length_m, dice.uniform(-0.8, 0.8) * s.half_width_m, 0},
          dice.uniform(0, 2 * pi),
          std::floor(dice.uniform(0, latest) * s.duration_s)};
}

// Two walkers whose straight ways meet at one moment.
void add_meeting(const Strip& s, Party& party) {
  Dice dice = party.fresh();
  const Start first = on_foot(s, dice);
  const double meets_s = dice.uniform(0.3, 0.6) * s.duration_s;
  const double other_heading =
      first.heading + (dice.uniform() < 0.5 ? -1 : 1) * dice.uniform(0.5, 1.4);
  const auto ahead = [&](double heading, double speed) {
    return speed * meets_s * geo::Enu{std::sin(heading), std::cos(heading), 0};
  };
  Gait gait = walking(s.walking_mps * dice.uniform(0.8, 1.2));
  gait.turn_every_m = 1e9;
  gait.wander = 0;
  const geo::Enu meeting = first.at + ahead(first.heading, gait.speed_mps);
  party.add(gait, 1, 0, false, first.at, first.heading, 0);
  gait.speed_mps = s.walking_mps * dice.uniform(0.8, 1.2);
  party.add(gait, 1, 0, false, meeting - ahead(other_heading, gait.speed_mps), other_heading, 0);
}

void add_groups(const Strip& s, Party& party) {
  for (int g = 0; g < s.groups; ++g) {
    Dice dice = party.fresh();
    const Start start = on_foot(s, dice);
    const int size = s.group_size > 0 ? s.group_size : 2 + int(dice.uniform() * 7);
    const double spacing = s.spacing_m > 0 ? s.spacing_m : dice.uniform(10, 20);
    party.add(walking(s.walking_mps * dice.uniform(0.8, 1.2)), size, spacing, dice.uniform() < 0.5,
              start.at, start.heading, start.first_s);
  }
}

void add_vehicles(const Strip& s, Party& party) {
  for (int v = 0; v < s.vehicles + s.convoys; ++v) {
    Dice dice = party.fresh();
    const Start start = anywhere(s, 0.6, dice);
    const int size = v < s.vehicles ? 1 : 2 + int(dice.uniform() * 4);
    party.add(driving(s.driving_mps * dice.uniform(0.5, 1.6)), size, dice.uniform(40, 80), false,
              start.at, start.heading, start.first_s);
  }
}

}  // namespace

bool MadeMover::present(double t_s) const {
  const double step = (t_s - first_s) / kStep_s;
  return step >= 0 && step <= double(way.size()) - 1;
}

geo::Enu MadeMover::place(double t_s) const {
  const double step = (t_s - first_s) / kStep_s;
  const auto i = std::min(static_cast<std::size_t>(step), way.size() - 1);
  const geo::Enu next = i + 1 < way.size() ? way[i + 1] : way[i];
  return way[i] + (step - double(i)) * (next - way[i]);
}

bool MadeMover::is_hidden(double t_s) const {
  return std::any_of(hidden.begin(), hidden.end(),
                     [t_s](const auto& span) { return t_s >= span.first && t_s <= span.second; });
}

bool Hollow::holds(geo::Enu place) const { return geo::norm(place - middle) <= radius_m; }

std::vector<Hollow> make_hollows(const Strip& s, const std::vector<MadeMover>& movers) {
  std::vector<const MadeMover*> alone, led;
  int last_group = -1;
  for (const MadeMover& mover : movers) {
    if (mover.kind == MadeKind::walker) alone.push_back(&mover);
    if (mover.kind == MadeKind::group && mover.group != last_group) led.push_back(&mover);
    if (mover.kind == MadeKind::group) last_group = mover.group;
  }
  std::vector<Hollow> hollows;
  for (int h = 0; h < s.hollows; ++h) {
    const bool of_group = alone.empty() || (h % 2 == 1 && !led.empty());
    const auto& walkers = of_group ? led : alone;
    const auto number = static_cast<std::size_t>(alone.empty() || led.empty() ? h : h / 2);
    if (number >= walkers.size()) continue;
    const MadeMover& walker = *walkers[number];
    const auto half = static_cast<std::size_t>(s.hollow_s / 2 / kStep_s);
    const std::size_t middle = walker.way.size() / 2;
    if (middle < 2 * half) continue;
    const double radius = geo::norm(walker.way[middle + half] - walker.way[middle - half]) / 2;
    hollows.push_back({0.5 * (walker.way[middle + half] + walker.way[middle - half]), radius});
  }
  return hollows;
}

void hide_in_hollows(const std::vector<Hollow>& hollows, std::vector<MadeMover>& movers) {
  for (MadeMover& mover : movers) {
    for (const Hollow& hollow : hollows) {
      const double far_m = geo::norm(mover.way.front() - hollow.middle);
      if (far_m > hollow.radius_m + 40 * double(mover.way.size()) * kStep_s) continue;
      for (std::size_t i = 0; i < mover.way.size(); ++i) {
        if (!hollow.holds(mover.way[i])) continue;
        const double from = mover.first_s + double(i) * kStep_s;
        while (i + 1 < mover.way.size() && hollow.holds(mover.way[i + 1])) ++i;
        mover.hidden.emplace_back(from, mover.first_s + double(i) * kStep_s);
      }
    }
  }
}

std::vector<MadeMover> make_movers(const Strip& s) {
  std::vector<MadeMover> movers;
  Party party(s, movers);
  add_groups(s, party);
  for (int w = 0; w < s.lone_walkers; ++w) {
    Dice dice = party.fresh();
    const Start start = on_foot(s, dice);
    party.add(walking(s.walking_mps * dice.uniform(0.8, 1.2)), 1, 0, false, start.at, start.heading,
              start.first_s);
  }
  for (int m = 0; m < s.meetings; ++m) add_meeting(s, party);
  add_vehicles(s, party);
  for (int a = 0; a < s.animals; ++a) {
    Dice dice = party.fresh();
    const Start start = anywhere(s, 0, dice);
    party.add(grazing(dice.uniform(0.3, 1.2)), 1, 0, false, start.at, start.heading, 0);
  }
  std::erase_if(movers, [](const MadeMover& mover) { return mover.way.empty(); });
  return movers;
}

}  // namespace marsad::test
