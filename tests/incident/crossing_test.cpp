// SPDX-License-Identifier: Apache-2.0
#include "incident/crossing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/incident/drawn.h"

namespace marsad::incident {
namespace {

using namespace test;

std::vector<Crossing> crossings(const std::vector<track::Track>& tracks,
                                CrossingSettings settings = {}) {
  CrossingWatch watch;
  const auto border = straight_border();
  std::vector<Crossing> all;
  for (const track::Track& track : tracks) {
    if (const auto crossing = watch.update(see(track, border->line), border->line, settings))
      all.push_back(*crossing);
  }
  return all;
}

TEST(HomeProbability, IsAHalfOnTheLineAndNearlyOneFarFromIt) {
  const auto border = straight_border();
  EXPECT_NEAR(see(track_of({.east_m = 0}), border->line).p_home, 0.5, 1e-6);
  EXPECT_GT(see(track_of({.east_m = 20}), border->line).p_home, 0.999);
  EXPECT_LT(see(track_of({.east_m = -20}), border->line).p_home, 0.001);
  // One standard deviation off: the normal distribution's 84 %.
  EXPECT_NEAR(see(track_of({.east_m = 2, .sigma_m = 2}), border->line).p_home, 0.8413, 1e-3);
}

TEST(HomeProbability, CountsTheSensorsBiasAsUncertaintyToo) {
  const auto border = straight_border();
  track::Track track = track_of({.east_m = 10, .sigma_m = 6});
  track.bias_cov_m2 = {64, 0, 64};
  EXPECT_NEAR(see(track, border->line).p_home, 0.8413, 1e-3);
}

TEST(HomeProbability, MindsOnlyTheErrorAcrossTheLine) {
  const auto border = straight_border();
  track::Track track = track_of({.east_m = 4, .sigma_m = 2});
  track.cov[4] = 1e6;  // along it
  EXPECT_NEAR(see(track, border->line).p_home, 0.977, 1e-3);
}

TEST(Crossing, IsToldOnceWithWhereWhenAndWhichWay) {
  const auto inbound = crossings(walk({.east_m = -15, .north_m = 1000}, 1.5, 20));
  ASSERT_EQ(inbound.size(), 1U);
  EXPECT_TRUE(inbound[0].to_home);
  EXPECT_NEAR(inbound[0].chainage_m, 4000, 1);
  EXPECT_NEAR(base::to_seconds(inbound[0].time.time_since_epoch()), 10, 0.3);
  EXPECT_GT(inbound[0].probability, 0.9 * 0.9);
  EXPECT_NEAR(kPlane.to_enu(inbound[0].place).east, 0, 0.1);
}

TEST(Crossing, OutboundIsNoInbound) {
  const auto outbound = crossings(walk({.east_m = 15}, -1.5, 20));
  ASSERT_EQ(outbound.size(), 1U);
  EXPECT_FALSE(outbound[0].to_home);
}

TEST(Crossing, ThereAndBackIsTwo) {
  auto tracks = walk({.east_m = -15}, 1.5, 20);
  const auto back = walk({.t_s = 20, .east_m = 15}, -1.5, 20);
  tracks.insert(tracks.end(), back.begin(), back.end());
  const auto both = crossings(tracks);
  ASSERT_EQ(both.size(), 2U);
  EXPECT_TRUE(both[0].to_home);
  EXPECT_FALSE(both[1].to_home);
}

TEST(Crossing, IsNoneForAMoverThatGoesAlongTheLine) {
  std::vector<track::Track> tracks;
  for (int i = 0; i < 600; ++i) {
    tracks.push_back(track_of({.t_s = 0.1 * i, .east_m = -10, .north_m = 0.15 * i}));
  }
  EXPECT_TRUE(crossings(tracks).empty());
}

TEST(Crossing, IsNoneForOneFirstSeenAtHome) {
  EXPECT_TRUE(crossings(walk({.east_m = 5}, 1.5, 20)).empty());
}

TEST(Crossing, IsNoneForJitterOnTheLine) {
  std::vector<track::Track> tracks;
  for (int i = 0; i < 600; ++i) {
    tracks.push_back(track_of({.t_s = 0.1 * i, .east_m = 2.5 * std::sin(i * 1.3)}));
  }
  EXPECT_TRUE(crossings(tracks).empty());
}

TEST(Crossing, IsNoneForASingleWildState) {
  auto tracks = walk({.east_m = -15}, 0, 10);
  tracks.push_back(track_of({.t_s = 10, .east_m = 30}));
  const auto again = walk({.t_s = 10.1, .east_m = -15}, 0, 10);
  tracks.insert(tracks.end(), again.begin(), again.end());
  EXPECT_TRUE(crossings(tracks).empty());
}

TEST(Crossing, WaitsUntilTheSideIsSure) {
  const auto border = straight_border();
  const auto told_at = [&](double sigma_m) {
    CrossingWatch watch;
    for (const track::Track& track : walk({.east_m = -40, .sigma_m = sigma_m}, 1.5, 60)) {
      if (watch.update(see(track, border->line), border->line, {}))
        return base::to_seconds(track.time.time_since_epoch());
    }
    return 1e9;
  };
  EXPECT_LT(told_at(2), told_at(10));
  EXPECT_LT(told_at(10), 60);
  EXPECT_EQ(told_at(100), 1e9);  // never sure of either side
}

TEST(Crossing, TakesTheHoldThatIsSet) {
  const auto tracks = walk({.east_m = -15}, 1.5, 20);
  EXPECT_EQ(crossings(tracks, {.side_probability = 0.9, .hold_s = 5}).size(), 1U);
  EXPECT_TRUE(crossings(tracks, {.side_probability = 0.9, .hold_s = 11}).empty());
}

TEST(Crossing, IsFoundAcrossAGapInWhichTheMoverWasNotSeen) {
  auto tracks = walk({.east_m = -30}, 1.5, 5);
  const auto later = walk({.t_s = 35, .east_m = 22}, 1.5, 5);
  tracks.insert(tracks.end(), later.begin(), later.end());
  const auto found = crossings(tracks);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_GT(found[0].time, second(5));
  EXPECT_LT(found[0].time, second(35));
}

TEST(Crossing, OfAnUncertainTrackIsAsUncertain) {
  auto tracks = walk({.east_m = -15}, 1.5, 20);
  for (track::Track& track : tracks) track.existence = 0.5;
  const auto found = crossings(tracks);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LE(found[0].probability, 0.5);
}

RC_GTEST_PROP(Crossings, AlternateWhateverThePath, ()) {
  const auto steps = *rc::gen::container<std::vector<int>>(200, rc::gen::inRange(-60, 61));
  std::vector<track::Track> tracks;
  double east_m = -20;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    east_m = std::clamp(east_m + 0.1 * steps[i], -40.0, 40.0);
    tracks.push_back(track_of({.t_s = 0.5 * static_cast<double>(i), .east_m = east_m}));
  }
  const auto found = crossings(tracks);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(found[i].to_home == (found[0].to_home == (i % 2 == 0)));
    RC_ASSERT(found[i].probability > 0.8 && found[i].probability <= 1);
    if (i > 0) RC_ASSERT(found[i].time > found[i - 1].time);
  }
}

}  // namespace
}  // namespace marsad::incident
