// SPDX-License-Identifier: Apache-2.0
#include "plan/watch.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "coverage/coverage.h"
#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

using sensor::MoverClass;
using test::at;
using test::tower;

constexpr std::size_t kPerson = 0, kVehicle = 1, kUsual = 1;

std::size_t cells_in_sight(const Watch& watch, std::size_t kind) {
  std::size_t count = 0;
  for (const Watch::Cell& cell : watch.cells()) count += cell.in_sight[kind] > 0 ? 1U : 0U;
  return count;
}

TEST(Watch, SeesWhatTheVisibilityModelSees) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watcher watcher = tower(1500, 0, 270);
  const WatchSettings settings;
  const Watch watch(belt, ground, watcher, settings);
  ASSERT_FALSE(watch.cells().empty());
  std::size_t seen = 0;
  for (std::size_t cell = 0, next = 0; cell < belt.cells(); ++cell) {
    const double p = coverage::detection_probability(watcher.camera, ground, *belt.cell(cell),
                                                     MoverClass::person);
    const bool listed = next < watch.cells().size() && watch.cells()[next].index == cell;
    const double rate = listed ? watch.rate_ps(watch.cells()[next], kPerson, kUsual) : 0;
    // Ranges in the table are those of the cell's ground, the model's of the mover's middle.
    EXPECT_NEAR(-std::expm1(-rate * settings.look_s), std::min(p, 0.99), 0.02);
    if (p > 0.5) ++seen;
    if (listed) ++next;
  }
  EXPECT_GT(seen, 20U);
}

TEST(Watch, SeesNothingBehindARidge) {
  const auto ridge = marsad::test::made_terrain(
      8000, 50, [](double east, double) { return std::abs(east - 500) < 60 ? 60 : 0; });
  const Belt belt(test::straight_border(), ridge, {});
  const Watch watch(belt, ridge, tower(1500, 0, 270), {});
  for (const Watch::Cell& cell : watch.cells()) {
    if (belt.d_m(belt.row_of(cell.index)) < 400) {
      EXPECT_EQ(cell.in_sight[kPerson], 0);
    }
  }
}

TEST(Watch, OfATurningHeadSeesAllRoundAndLessOftenEach) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watcher stares = tower(0, 0, 270);
  Watcher turns = stares;
  turns.sweep_rad = 2 * std::numbers::pi;
  const Watch staring(belt, ground, stares, {}), turning(belt, ground, turns, {});
  EXPECT_GT(cells_in_sight(turning, kPerson), 10 * cells_in_sight(staring, kPerson));
  const double share = stares.camera.model.horizontal_fov_rad / (2 * std::numbers::pi);
  const Watch::Cell cell = staring.cells()[staring.cells().size() / 2];
  EXPECT_NEAR(turning.rate_ps(cell, kVehicle, kUsual),
              share * staring.rate_ps(cell, kVehicle, kUsual), 1e-6);
}

TEST(Watch, OfABalloonIsTheAverageOverTheHeightsItHangsAt) {
  const auto ridge = marsad::test::made_terrain(
      8000, 50, [](double east, double) { return std::abs(east - 500) < 60 ? 60 : 0; });
  const Belt belt(test::straight_border(), ridge, {});
  Watcher balloon = tower(1500, 0, 270, 12, 120);
  balloon.camera.pose.elevation_rad = geo::radians(-4);
  balloon.rise_m = 60;
  const Watch watch(belt, ridge, balloon, {});
  bool partly = false;
  for (const Watch::Cell& cell : watch.cells()) {
    EXPECT_LE(cell.in_sight[kPerson], 3);
    partly = partly || (cell.in_sight[kPerson] > 0 && cell.in_sight[kPerson] < 3);
  }
  EXPECT_TRUE(partly);
}

TEST(Watch, GivesChancesOnlyInTheColumnsItSees) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watch watch(belt, ground, tower(1500, 0, 270), {});
  const Chances sums = chances(belt, watch);
  ASSERT_FALSE(sums.of_column.empty());
  EXPECT_GT(sums.first_column, 0U);
  EXPECT_LT(sums.first_column + sums.of_column.size(), belt.columns());
  const auto& middle = sums.of_column[sums.of_column.size() / 2];
  EXPECT_GT(middle[kPerson][kUsual], 10);
  // A vehicle is in the belt for a shorter time and is seen as well.
  EXPECT_LT(middle[kVehicle][kUsual], middle[kPerson][kUsual]);
  EXPECT_TRUE(chances(belt, Watch(belt, ground, tower(6000, 0, 90), {})).of_column.empty());
}

}  // namespace
}  // namespace marsad::plan
