// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/track/world.h"
#include "track/tracker.h"

// Movers in the air, placed by two sensors' bearings.
namespace marsad::track {
namespace {

using test::confirmed_of;
using test::distance_m;
using test::plane;
using test::plot;
using test::scan;

constexpr double kUp_m = 60;
const sensor::ClassProbabilities kFlies = {0, 0, 0, 0.55, 0.45, 0};

locate::Plot in_air(double e_m, double n_m) {
  locate::Plot made = plot(e_m, n_m, {1, 0, 1}, {1, 0, 1});
  made.place->height_m = kUp_m;
  made.in_air = true;
  made.classes = kFlies;
  return made;
}

struct Asked {
  geo::Geodetic place;
  sensor::MoverClass mover = sensor::MoverClass::unknown;
};

TEST(InAir, IsLookedForInTheAirThoughTheGroundBelowIsHidden) {
  std::vector<Asked> asked;
  const auto sees_only_the_sky = [&](const sensor::SensorId&, geo::Geodetic place,
                                     sensor::MoverClass mover) {
    asked.push_back({place, mover});
    return place.height_m > 30 && mover == sensor::MoverClass::aircraft ? 0.9 : 0.0;
  };
  Tracker tracker({}, plane(), sees_only_the_sky);
  double t_s = 0;
  for (; t_s < 10; t_s += 0.5) tracker.process(scan("T1", t_s, {in_air(5 * t_s, 0)}));
  ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  EXPECT_NEAR(confirmed_of(tracker)[0].place.height_m, kUp_m, 0.1);
  asked.clear();
  for (; t_s < 20; t_s += 0.5) tracker.process(scan("T1", t_s, {}));
  ASSERT_FALSE(asked.empty());
  for (const Asked& one : asked) {
    EXPECT_EQ(one.mover, sensor::MoverClass::aircraft);
    EXPECT_NEAR(one.place.height_m, kUp_m, 0.1);
  }
  EXPECT_TRUE(tracker.tracks().empty()) << "it would have been seen";
}

TEST(InAir, StaysWhereTheSkyIsNotSeen) {
  const auto sees_nothing = [](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) {
    return 0.0;
  };
  Tracker tracker({}, plane(), sees_nothing);
  double t_s = 0;
  for (; t_s < 10; t_s += 0.5) tracker.process(scan("T1", t_s, {in_air(5 * t_s, 0)}));
  for (; t_s < 20; t_s += 0.5) tracker.process(scan("T1", t_s, {}));
  EXPECT_EQ(tracker.tracks().size(), 1U);
}

TEST(InAir, OneAboveAWalkerIsNotTheWalker) {
  Tracker tracker({}, plane());
  double t_s = 0;
  for (; t_s < 10; t_s += 0.5) {
    tracker.process(scan("T1", t_s, {plot(t_s, 0, {1, 0, 1}), in_air(10 - t_s, 0.5)}));
  }
  const auto both = confirmed_of(tracker);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_LT(distance_m(both[0], 9.5, 0), 2);
  EXPECT_NEAR(both[0].place.height_m, 0, 0.1);
  EXPECT_LT(distance_m(both[1], 0.5, 0.5), 2);
  EXPECT_NEAR(both[1].place.height_m, kUp_m, 0.1);
  EXPECT_GT(both[0].ve_mps, 0.5);
  EXPECT_LT(both[1].ve_mps, -0.5);
}

TEST(InAir, ABearingOfOneSensorKeepsTheTrack) {
  const auto always = [](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) {
    return 0.9;
  };
  Tracker tracker({}, plane(), always);
  double t_s = 0;
  for (; t_s < 10; t_s += 0.5) tracker.process(scan("T1", t_s, {in_air(5 * t_s, 500)}));
  for (; t_s < 20; t_s += 0.5) {
    locate::Plot alone = test::bearing({0, 0}, {5 * t_s, 500}, 1e-3);
    alone.elevation_rad = std::atan2(kUp_m - 30, std::hypot(5 * t_s, 500));
    tracker.process(scan("T1", t_s, {alone}));
  }
  const auto kept = confirmed_of(tracker);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_LT(distance_m(kept[0], 5 * 19.5, 500), 15);
}

TEST(InAir, WhatAPictureTakesForAWalkerIsNone) {
  Tracker tracker({}, plane());
  double t_s = 0;
  for (; t_s < 10; t_s += 0.5) tracker.process(scan("T1", t_s, {in_air(5 * t_s, 500)}));
  for (; t_s < 20; t_s += 0.5) {
    locate::Plot alone = test::bearing({0, 0}, {5 * t_s, 500}, 1e-3);
    alone.elevation_rad = std::atan2(kUp_m - 30, std::hypot(5 * t_s, 500));
    alone.classes = {0.9, 0, 0, 0.05, 0.05, 0};
    tracker.process(scan("T1", t_s, {alone}));
  }
  const auto kept = confirmed_of(tracker);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_TRUE(kept[0].in_air);
  EXPECT_GT(kept[0].classes[std::size_t(sensor::MoverClass::aircraft)], 0.5);
}

}  // namespace
}  // namespace marsad::track
