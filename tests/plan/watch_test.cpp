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

constexpr std::size_t kPerson = 0, kVehicle = 1, kUsual = kUsualLevel;

std::size_t cells_in_sight(const Watch& watch, std::size_t kind) {
  std::size_t count = 0;
  for (const Watch::Cell& cell : watch.cells()) count += cell.in_sight[kind] > 0 ? 1U : 0U;
  return count;
}

TEST(Watch, SeesWhatTheVisibilityModelSees) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watcher watcher = tower(0, 3000, 180);  // along the border: all move across its picture
  const WatchSettings settings;
  const Watch watch(belt, ground, watcher, settings);
  ASSERT_FALSE(watch.cells().empty());
  std::size_t seen = 0;
  for (std::size_t cell = 0, next = 0; cell < belt.cells(); ++cell) {
    const double speed = picture_speed_px_per_s(watcher.camera, *belt.cell(cell),
                                                belt.toward_home(belt.column_of(cell)),
                                                kCrossers[kVehicle].speed_mps);
    const double p = coverage::detection_probability(
        watcher.camera, ground, *belt.cell(cell), MoverClass::vehicle,
        {.contrast = coverage::contrast_left(watcher.camera, speed)});
    const bool listed = next < watch.cells().size() && watch.cells()[next].index == cell;
    const double rate = listed ? watch.rate_ps(watch.cells()[next], kVehicle, kUsual) : 0;
    // Ranges in the table are those of the cell's ground, the model's of the mover's middle.
    EXPECT_NEAR(-std::expm1(-rate * settings.look_s), std::min(track_probability(p), 0.99), 0.03);
    if (p > 0.5) ++seen;
    if (listed) ++next;
  }
  EXPECT_GT(seen, 20U);
}

TEST(Watch, CountsOnThreePlotsOfFive) {
  EXPECT_EQ(track_probability(0), 0);
  EXPECT_EQ(track_probability(1), 1);
  EXPECT_NEAR(track_probability(0.5), 0.5, 1e-12);
  // 10 p³ (1-p)² + 5 p⁴ (1-p) + p⁵.
  EXPECT_NEAR(track_probability(0.2), 10 * 0.008 * 0.64 + 5 * 0.0016 * 0.8 + 0.00032, 1e-12);
}

TEST(Watch, CountsLittleOnWhoHardlyMovesInThePicture) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  Watcher watcher = tower(0, 3000, 180);
  watcher.camera.optics.frames_per_s = 10;
  const Watch watch(belt, ground, watcher, {});
  const auto at_speed = [&](double px_per_s) {
    const double m = watcher.camera.model.focal_px() * kCrossers[kPerson].speed_mps / px_per_s;
    double nearest_m = 1e9, rate = 0;
    for (const Watch::Cell& cell : watch.cells()) {
      if (std::abs(double{cell.range_m} - m) > nearest_m) continue;
      nearest_m = std::abs(double{cell.range_m} - m);
      rate = watch.rate_ps(cell, kPerson, kUsual);
    }
    return rate;
  };
  EXPECT_GT(at_speed(3), 1);
  EXPECT_LT(at_speed(1.2), 0.001);
  // Who comes straight towards the camera hardly moves, however near.
  const Watch towards(belt, ground, tower(1500, 0, 270), {});
  for (const Watch::Cell& cell : towards.cells()) {
    if (cell.range_m < 700) continue;
    EXPECT_LT(towards.rate_ps(cell, kPerson, kUsual), 0.001);
  }
}

TEST(Watch, CountsOnThoseOfWhomHalfIsSeen) {
  // A bank between: of a walker behind it that much shows.
  const auto shown = [](double bank_m) {
    const auto ground = marsad::test::made_terrain(
        4000, 20, [&](double, double north) { return std::abs(north - 2300) < 15 ? bank_m : 0; });
    const Belt belt(test::straight_border(), ground, {.far_m = 200, .home_m = 200});
    const Watch watch(belt, ground, tower(0, 3000, 180), {});
    std::size_t behind = 0;
    for (const Watch::Cell& cell : watch.cells()) {
      const bool near = cell.range_m > 850 && cell.range_m < 950;
      behind += near && cell.in_sight[kPerson] > 0 ? 1U : 0U;
    }
    return behind;
  };
  // 900 m away and 200 m behind the bank, 8.0 m hide all of a walker and 7.3 m the lower half.
  EXPECT_GT(shown(7.0), 0U);
  EXPECT_EQ(shown(7.6), 0U);
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
      8000, 50, [](double, double north) { return std::abs(north - 1500) < 60 ? 60 : 0; });
  const Belt belt(test::straight_border(), ridge, {});
  Watcher balloon = tower(0, 3000, 180, 12, 120);
  balloon.camera.pose.elevation_rad = geo::radians(-4);
  balloon.rise_m = 60;
  const Watch watch(belt, ridge, balloon, {});
  bool partly = false;
  for (const Watch::Cell& cell : watch.cells()) {
    EXPECT_LE(cell.in_sight[kVehicle], 3);
    partly = partly || (cell.in_sight[kVehicle] > 0 && cell.in_sight[kVehicle] < 3);
  }
  EXPECT_TRUE(partly);
}

TEST(Watch, GivesChancesOnlyInTheColumnsItSees) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watch watch(belt, ground, tower(0, 3000, 180), {});
  const Chances sums = chances(belt, watch);
  ASSERT_FALSE(sums.of_column.empty());
  EXPECT_GT(sums.first_column, 0U);
  EXPECT_LT(sums.first_column + sums.of_column.size(), belt.columns());
  // 800 m before the camera.
  const auto& near = sums.of_column[belt.column_at(2800) - sums.first_column];
  EXPECT_GT(near[kPerson][kUsual], 10);
  // A vehicle is in the belt for a shorter time and is seen as well.
  EXPECT_LT(near[kVehicle][kUsual], near[kPerson][kUsual]);
  EXPECT_TRUE(chances(belt, Watch(belt, ground, tower(6000, 0, 90), {})).of_column.empty());
}

}  // namespace
}  // namespace marsad::plan
