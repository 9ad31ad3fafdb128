// SPDX-License-Identifier: Apache-2.0
#include "plan/watched.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

constexpr std::size_t kColumns = 8;
const WatchDemand kDemand{.kind = 0, .seconds = 60, .sensors = 2};

WatchedTime any_watched() {
  WatchedTime watched;
  watched.first_column = *rc::gen::inRange<std::size_t>(0, kColumns);
  watched.of_column.resize(*rc::gen::inRange<std::size_t>(0, kColumns - watched.first_column + 1));
  for (auto& column : watched.of_column) {
    column[0] = static_cast<float>(*rc::gen::element(0, 40, 60, 200));
  }
  return watched;
}

// The mean over the columns of how much of the demand some watchers meet.
double met_by(const std::vector<WatchedTime>& watchers) {
  double sum = 0;
  for (std::size_t column = 0; column < kColumns; ++column) {
    double sensors = 0;
    for (const WatchedTime& one : watchers) {
      const std::size_t i = column - one.first_column;
      if (column < one.first_column || i >= one.of_column.size()) continue;
      sensors += double{one.of_column[i][0]} >= kDemand.seconds ? 1 : 0;
    }
    sum += std::min(1.0, sensors / static_cast<double>(kDemand.sensors));
  }
  return sum / kColumns;
}

RC_GTEST_PROP(DemandSiting, IsNeverFarFromTheBestChoiceAndItsBoundHolds, ()) {
  const std::vector<WatchedTime> there(1, any_watched());
  std::vector<DemandCandidate> candidates(*rc::gen::inRange<std::size_t>(0, 7));
  for (DemandCandidate& one : candidates) {
    one = {any_watched(), *rc::gen::inRange<std::size_t>(0, 2)};
  }
  const std::vector<std::size_t> budget = {2, 1};
  const DemandSiting siting = choose_for_demand(kColumns, there, candidates, kDemand, budget);

  double best = 0;
  for (unsigned choice = 0; choice < 1U << candidates.size(); ++choice) {
    std::vector<WatchedTime> watchers = there;
    std::vector<std::size_t> left = budget;
    bool fits = true;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if ((choice >> c & 1U) == 0) continue;
      fits = fits && left[candidates[c].sort]-- > 0;
      watchers.push_back(candidates[c].watched);
    }
    if (fits) best = std::max(best, met_by(watchers));
  }
  std::vector<WatchedTime> chosen = there;
  for (const std::size_t c : siting.chosen) chosen.push_back(candidates[c].watched);
  RC_ASSERT(std::abs(met_by(chosen) - siting.met) < 1e-12);
  RC_ASSERT(std::abs(met_by(there) - siting.before) < 1e-12);
  RC_ASSERT(best <= siting.bound + 1e-12);
  // Of one budget greedy keeps 1 - 1/e of what is possible, of several a half.
  RC_ASSERT(siting.met - siting.before >= (best - siting.before) / 2 - 1e-12);
}

TEST(DemandSiting, PutsASecondSensorWhereTwoAreDemanded) {
  WatchedTime north, south;
  north.of_column.resize(kColumns / 2);
  for (auto& column : north.of_column) column[0] = 100;
  south = north;
  south.first_column = kColumns / 2;
  const std::vector<DemandCandidate> candidates = {{south, 0}, {north, 0}, {north, 0}};
  const auto pair = choose_for_demand(kColumns, {}, candidates, kDemand, {2});
  EXPECT_NEAR(pair.met, 0.5, 1e-12);
  const auto beside = choose_for_demand(kColumns, std::vector{south}, candidates, kDemand, {1});
  EXPECT_NEAR(beside.columns_before, 0, 1e-12);
  const auto all = choose_for_demand(kColumns, std::vector{south}, candidates, kDemand, {3});
  EXPECT_EQ(all.chosen.size(), 3U);
  EXPECT_NEAR(all.columns_met, 1, 1e-12);
}

TEST(WatchedTime, IsTheWayInSightAndFrameWhereALookFindsByHalf) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {.far_m = 500, .home_m = 500});
  Watcher watcher = test::tower(800, 0, 0);
  watcher.sweep_rad = geo::radians(360);
  const Watch turning(belt, ground, watcher, {});
  const WatchedTime watched = watched_time(belt, turning);
  ASSERT_FALSE(watched.of_column.empty());
  // 700 m beside the tower a vehicle is seen all over the belt's kilometre, a thirtieth of the
  // time.
  constexpr std::size_t kVehicle = 1;
  const std::size_t beside = belt.column_at(4300) - watched.first_column;
  EXPECT_NEAR(watched.of_column[beside][kVehicle], 1000 / 7.0 * 12 / 360, 0.2);
  const WatchedTime in_fog =
      watched_time(belt, Watch(belt, ground, watcher, {.extinction_per_km = 20}));
  for (const auto& column : in_fog.of_column) EXPECT_EQ(column[kVehicle], 0);
}

}  // namespace
}  // namespace marsad::plan
