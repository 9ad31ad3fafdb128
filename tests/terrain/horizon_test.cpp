// SPDX-License-Identifier: Apache-2.0
#include "terrain/horizon.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"
#include "tests/terrain/earthworks_oracle.h"

namespace marsad::terrain {
namespace {

HorizonSettings round_about(int count, double max_range_m = 20'000) {
  return {.from_rad = 0,
          .step_rad = 2 * std::numbers::pi / count,
          .count = count,
          .max_range_m = max_range_m};
}

// A ray a little below the horizon meets the ground, one a little above passes over it.
void expect_to_divide_rays(const Elevation& ground, geo::Geodetic eye, double max_range_m) {
  int looked = 0;
  for (const auto& point : horizon(ground, eye, round_about(360, max_range_m))) {
    // Ground at the very end of the range counts to one and not to the other.
    if (!point || point->range_m > max_range_m - 10) continue;
    ++looked;
    // Rays are good to a millimetre.
    const double little_rad = std::max(2e-6, 2e-3 / point->range_m);
    const auto hit = [&](double elevation_rad) {
      return ray_to_ground(
                 ground, eye,
                 test::towards(geo::degrees(point->azimuth_rad), geo::degrees(elevation_rad)),
                 max_range_m)
          .has_value();
    };
    EXPECT_TRUE(hit(point->elevation_rad - little_rad)) << geo::degrees(point->azimuth_rad);
    EXPECT_FALSE(hit(point->elevation_rad + little_rad)) << geo::degrees(point->azimuth_rad);
  }
  EXPECT_GT(looked, 300);
}

TEST(Horizon, OfTheSeaLiesAsDeepAsTheRoundEarthSays) {
  const auto sea = test::flat_terrain(60'000);
  for (const double height_m : {5.0, 30.0, 120.0}) {
    const double dip_rad = std::sqrt(2 * height_m * (1 - kRefraction) / kEarthRadius_m);
    for (const auto& point : horizon(sea, test::at(0, 0, height_m), round_about(12, 50'000))) {
      ASSERT_TRUE(point);
      // The grid's chords lie some centimetres below the round.
      EXPECT_NEAR(point->elevation_rad, -dip_rad, 0.004 * dip_rad);
    }
  }
}

TEST(Horizon, IsWhereRaysBeginToPassOverHills) {
  const auto hills = test::made_terrain(22'000, 60, [](double east, double north) {
    return 90 * std::sin(east / 700) * std::cos(north / 900) + 40 * std::sin(north / 230);
  });
  expect_to_divide_rays(hills, test::at(0, 0, 160), 20'000);
}

TEST(Horizon, IsWhereRaysBeginToPassOverRealHills) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic eye = test::highest_in_the_middle(*ground);
  eye.lat_rad += geo::radians(0.01);
  eye.height_m = *ground->height_m(eye.lat_rad, eye.lon_rad) + 20;
  expect_to_divide_rays(*ground, eye, 20'000);
}

TEST(Horizon, TellsHowFarTheRidgeIs) {
  const auto wall = test::made_terrain(
      9000, 30, [](double east, double) { return east > 4000 && east < 4100 ? 200.0 : 0.0; });
  const auto point = horizon(wall, test::at(0, 0, 10),
                             {.from_rad = geo::radians(90), .step_rad = 1, .count = 1})[0];
  ASSERT_TRUE(point);
  EXPECT_NEAR(point->range_m, 4020, 30);
  EXPECT_NEAR(point->elevation_rad, 190 / 4020.0, 1e-3);
}

TEST(Horizon, IsWhereRaysBeginToPassOverBermsAndWalls) {
  const auto ground =
      test::made_terrain(9000, 30,
                         [](double east, double north) {
                           return 4 * std::sin(east / 300) * std::cos(north / 400);
                         })
          .with(test::works_of(
              {{EarthworkKind::berm, {{-200, -300}, {250, -180}, {300, 250}, {-350, 220}}, 3, 8, 2},
               {EarthworkKind::wall, {{400, -900}, {450, 900}}, 5, 0.4, 0}}));
  expect_to_divide_rays(ground, test::at(0, 0, 6), 8000);
}

TEST(Horizon, KnowsTheEdgesOfWhatIsRaised) {
  const auto ground = test::flat_terrain(5000).with(
      test::works_of({{EarthworkKind::berm, {{100, -500}, {100, 500}}, 3, 8, 2}}));
  const auto edges = crests(ground, test::at(0, 0, 2), geo::radians(90), 3000);
  ASSERT_GE(edges.size(), 4U);
  EXPECT_NEAR(edges.front().range_m, 96, 0.01);
  EXPECT_NEAR(edges.front().elevation_rad, -2.0 / 96, 1e-4);
  EXPECT_NEAR(edges.back().range_m, 104, 0.01);
  const auto highest = std::max_element(
      edges.begin(), edges.end(),
      [](const auto& a, const auto& b) { return a.elevation_rad < b.elevation_rad; });
  EXPECT_NEAR(highest->range_m, 99, 0.01);
  EXPECT_NEAR(highest->elevation_rad, 1.0 / 99, 1e-4);
  EXPECT_TRUE(crests(ground, test::at(0, 0, 2), geo::radians(270), 3000).empty());
  EXPECT_TRUE(crests(test::flat_terrain(5000), test::at(0, 0, 2), 0, 3000).empty());
}

TEST(Horizon, IsNoneWhereNoGroundIsKnown) {
  const auto unknown = test::made_terrain(
      5000, 100, [](double, double) { return std::numeric_limits<double>::quiet_NaN(); });
  for (const auto& point : horizon(unknown, test::at(0, 0, 50), round_about(8))) {
    EXPECT_FALSE(point);
  }
  const auto land = test::flat_terrain(5000);
  EXPECT_FALSE(horizon(land, test::at(9000, 0, 50),
                       {.from_rad = geo::radians(90), .step_rad = 1, .count = 1})[0]);
}

}  // namespace
}  // namespace marsad::terrain
