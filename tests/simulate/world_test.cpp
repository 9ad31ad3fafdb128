// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <optional>

#include "simulate/scenario.h"
#include "tests/support/made_terrain.h"

namespace marsad::simulate {
namespace {

using test::at;
using test::kFrame;

std::shared_ptr<const terrain::Elevation> hills() {
  return std::make_shared<const terrain::Elevation>(
      test::made_terrain(4000, 50, [](double e, double n) { return 40 + 0.01 * e - 0.005 * n; }));
}

Party walkers() {
  Party party;
  party.name = "walkers";
  party.count = 4;
  party.spacing_m = 12;
  party.speed_mps = 1.25;
  party.path = {at(0, 0), at(600, 0), at(600, 400)};
  return party;
}

Party herd() {
  Party party;
  party.name = "herd";
  party.mover = sensor::MoverClass::animal;
  party.count = 12;
  party.speed_mps = 0.2;
  party.wander_m = 40;
  party.path = {at(-500, 300), at(-200, 900)};
  return party;
}

World world(std::vector<Party> parties) {
  Scenario scenario;
  scenario.seed = 7;
  scenario.parties = std::move(parties);
  return World(std::move(scenario), hills());
}

geo::Enu place(const TruthState& state) {
  geo::Enu enu = kFrame.to_enu(state.place);
  enu.up = 0;
  return enu;
}

std::optional<TruthState> find(const std::vector<TruthState>& states, const std::string& id) {
  for (const TruthState& state : states) {
    if (state.id == id) return state;
  }
  return std::nullopt;
}

bool same(const std::vector<TruthState>& a, const std::vector<TruthState>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const TruthState& x, const TruthState& y) {
        return x.id == y.id && x.place == y.place && x.ve_mps == y.ve_mps && x.vn_mps == y.vn_mps;
      });
}

TEST(World, AnswersTheSameForAnyTimeInAnyOrder) {
  const World first = world({walkers(), herd()}), second = world({walkers(), herd()});
  std::vector<std::vector<TruthState>> forward;
  for (int t = 0; t < 700; t += 70) forward.push_back(first.truth(t));
  for (int t = 630; t >= 0; t -= 70) {
    EXPECT_TRUE(same(second.truth(t), forward[static_cast<std::size_t>(t / 70)])) << t;
  }
}

TEST(World, AnotherSeedIsAnotherNight) {
  Scenario scenario;
  scenario.parties = {herd()};
  scenario.seed = 1;
  const World one(scenario, hills());
  scenario.seed = 2;
  const World two(scenario, hills());
  EXPECT_FALSE(same(one.truth(100), two.truth(100)));
}

TEST(World, WalkersArriveWhenTheirSpeedSays) {
  const World night = world({walkers()});
  const double arrival_s = 1000 / 1.25;
  const auto before = find(night.truth(arrival_s - 5), "walkers-1/1");
  ASSERT_TRUE(before.has_value());
  EXPECT_LT(norm(place(*before) - kFrame.to_enu(at(600, 400))), 15);
  EXPECT_FALSE(find(night.truth(arrival_s + 5), "walkers-1/1").has_value());
  // The last of the file comes three spacings later, and then nobody is left.
  EXPECT_TRUE(find(night.truth(arrival_s + 36 / 1.25 - 5), "walkers-1/4").has_value());
  EXPECT_TRUE(night.truth(arrival_s + 36 / 1.25 + 5).empty());
  EXPECT_TRUE(night.truth(-1).empty());
}

TEST(World, KeepsTheSpacingOfAGroup) {
  const World night = world({walkers()});
  for (int t = 60; t < 400; t += 7) {
    const auto states = night.truth(t);
    ASSERT_EQ(states.size(), 4U);
    for (std::size_t i = 1; i < states.size(); ++i) {
      const double apart_m = norm(place(states[i]) - place(states[i - 1]));
      EXPECT_GT(apart_m, 5) << t;
      EXPECT_LT(apart_m, 20) << t;
    }
  }
}

TEST(World, SpeedIsHowThePlaceChanges) {
  const World night = world({walkers(), herd()});
  for (const double t : {100.0, 300.0, 600.0, 700.0}) {
    const auto now = night.truth(t), later = night.truth(t + 0.1);
    for (const TruthState& state : now) {
      const auto next = find(later, state.id);
      ASSERT_TRUE(next.has_value());
      const geo::Enu moved = place(*next) - place(state);
      EXPECT_NEAR(moved.east / 0.1, state.ve_mps, 0.1) << state.id << " at " << t;
      EXPECT_NEAR(moved.north / 0.1, state.vn_mps, 0.1) << state.id << " at " << t;
    }
  }
}

TEST(World, NobodyRunsAroundACorner) {
  const World night = world({walkers()});
  for (double t = 400; t < 560; t += 1) {
    for (const TruthState& state : night.truth(t)) {
      EXPECT_LT(std::hypot(state.ve_mps, state.vn_mps), 2.2) << t;
    }
  }
}

TEST(World, AHerdStaysAroundItsPoint) {
  const World night = world({herd()});
  for (int t = 0; t < 3000; t += 50) {
    const double fraction = 0.2 * t / std::hypot(300, 600);
    const geo::Enu point{-500 + 300 * fraction, 300 + 600 * fraction, 0};
    const auto states = night.truth(t);
    ASSERT_EQ(states.size(), 12U);
    for (const TruthState& state : states) {
      EXPECT_LT(norm(place(state) - point), 40.5);
      EXPECT_LT(std::hypot(state.ve_mps, state.vn_mps), 1.0);
    }
  }
}

TEST(World, EverybodyStandsOnTheGroundUnlessTheyFly) {
  Party bird = herd();
  bird.name = "birds";
  bird.mover = sensor::MoverClass::bird;
  bird.above_ground_m = 35;
  const World night = world({walkers(), bird});
  for (const TruthState& state : night.truth(120)) {
    const auto ground = night.elevation().height_m(state.place.lat_rad, state.place.lon_rad);
    ASSERT_TRUE(ground.has_value());
    const double above_m = state.mover == sensor::MoverClass::bird ? 35 : 0;
    EXPECT_NEAR(state.place.height_m - *ground, above_m, 1e-9) << state.id;
  }
}

TEST(World, DeparturesRepeatAndOverlap) {
  Party party = walkers();
  party.start_s = 30;
  party.repeat_every_s = 300;
  const World night = world({party});
  EXPECT_TRUE(night.truth(29).empty());
  // After 700 s of walking the first are still under way, the second party has walked 400 s and the
  // third 100 s.
  const auto states = night.truth(730);
  EXPECT_EQ(states.size(), 12U);
  const auto first = find(night.truth(130), "walkers-1/1"), third = find(states, "walkers-3/1");
  ASSERT_TRUE(first && third);
  EXPECT_LT(norm(place(*first) - place(*third)), 8);
  EXPECT_NE(first->place, third->place);
  // A week later there are as many, and none of old.
  const double week_s = 7 * 86'400.0;
  const auto later = night.truth(30 + 300 * std::floor(week_s / 300) + 100);
  EXPECT_THAT(later.size(), testing::AllOf(testing::Ge(8U), testing::Le(12U)));
}

TEST(World, APartyWithOnePointStays) {
  Party guard = walkers();
  guard.path = {at(100, 100)};
  const World night = world({guard});
  const auto early = night.truth(10), late = night.truth(100'000);
  ASSERT_EQ(early.size(), 4U);
  EXPECT_TRUE(same(early, late));
  EXPECT_EQ(early[2].ve_mps, 0);
}

TEST(World, WhoLeavesTheMapIsNotTold) {
  Party party = walkers();
  party.count = 1;
  party.path = {at(3900, 0), at(5900, 0)};
  const World night = world({party});
  EXPECT_EQ(night.truth(40).size(), 1U);
  EXPECT_TRUE(night.truth(400).empty());
}

RC_GTEST_PROP(World, NobodyLeavesThePathByMoreThanAFewMetres, ()) {
  static const World night = world({walkers()});
  const double t = *rc::gen::inRange(0, 80'000) / 100.0;
  for (const TruthState& state : night.truth(t)) {
    const geo::Enu p = place(state);
    const bool by_first = p.east > -4 && p.east < 604 && std::abs(p.north) < 4;
    const bool by_second = std::abs(p.east - 600) < 4 && p.north > -4 && p.north < 404;
    RC_ASSERT(by_first || by_second);
  }
}

TEST(WorldDeath, RefusesAPartyThatCanNotMove) {
  Party party = walkers();
  party.speed_mps = 0;
  EXPECT_DEATH(world({party}), "speed_mps");
  party.path.clear();
  EXPECT_DEATH(world({party}), "path");
}

}  // namespace
}  // namespace marsad::simulate
