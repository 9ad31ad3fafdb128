// SPDX-License-Identifier: Apache-2.0
#include "terrain/earthworks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "terrain/ray.h"
#include "tests/support/made_terrain.h"
#include "tests/terrain/earthworks_oracle.h"

namespace marsad::terrain {
namespace {

using test::at;
using test::DrawnWork;
using test::made_terrain;
using test::towards;

constexpr double kGround_m = 200;

Elevation level_with(const std::vector<DrawnWork>& works) {
  return made_terrain(3000, 30, [](double, double) { return kGround_m; })
      .with(test::works_of(works));
}

geo::Geodetic above(double east_m, double north_m, double by_m) {
  return at(east_m, north_m, kGround_m + by_m);
}

// From south to north, 3 m high, 8 m wide.
const DrawnWork kBerm{EarthworkKind::berm, {{0, -1000}, {0, 1000}}, 3, 8, 2};
// 2 m deep, 3 m wide, its floor 1 m.
const DrawnWork kTrench{EarthworkKind::trench, {{0, -1000}, {0, 1000}}, 2, 3, 1};

TEST(Earthworks, ABermHidesAWalkerFromALowCameraAndNotFromAMast) {
  const Elevation ground = level_with({kBerm});
  const geo::Geodetic walker = above(12, 0, 1.7);
  EXPECT_FALSE(line_of_sight(ground, above(-300, 5, 2), walker));
  EXPECT_FALSE(line_of_sight(ground, above(-300, 5, 8), walker));
  EXPECT_TRUE(line_of_sight(ground, above(-300, 5, 60), walker));
  // On this side, and standing on it.
  EXPECT_TRUE(line_of_sight(ground, above(-300, 5, 2), above(-12, 0, 1.7)));
  EXPECT_TRUE(line_of_sight(ground, above(-300, 5, 2), above(0, 0, 3 + 1.7)));
  EXPECT_FALSE(line_of_sight(ground, above(-300, 5, 2), above(0, 0, 1.7)));
  const Elevation plain = level_with({});
  EXPECT_TRUE(line_of_sight(plain, above(-300, 5, 2), walker));
}

TEST(Earthworks, ATrenchHidesWhoLiesInItButNotFromAboveOrAlongIt) {
  const Elevation ground = level_with({kTrench});
  const geo::Geodetic lying = above(0, 0, -2 + 0.3);
  EXPECT_FALSE(line_of_sight(ground, above(-300, 0, 30), lying));
  EXPECT_TRUE(line_of_sight(ground, above(-5, 0, 30), lying));
  EXPECT_TRUE(line_of_sight(ground, above(0, -300, -1), lying));
  EXPECT_TRUE(line_of_sight(ground, above(0, -300, 10), lying));
  // Who stands in it looks over its edge only from tall.
  EXPECT_FALSE(line_of_sight(ground, above(-300, 0, 2), above(0, 0, -2 + 1.7)));
  EXPECT_TRUE(line_of_sight(ground, above(-300, 0, 2), above(0, 0, -2 + 2.2)));
}

TEST(Earthworks, AWallHidesButForItsGap) {
  const DrawnWork south{EarthworkKind::wall, {{0, -500}, {0, -2}}, 4, 0.4, 0};
  const DrawnWork north{EarthworkKind::wall, {{0, 2}, {0, 500}}, 4, 0.4, 0};
  const Elevation ground = level_with({south, north});
  for (double off_m = -40; off_m <= 40; off_m += 0.5) {
    if (std::abs(std::abs(off_m) - 1.8) < 0.1) continue;  // its ends
    EXPECT_EQ(line_of_sight(ground, above(-100, off_m, 2), above(100, off_m, 1.7)),
              std::abs(off_m) < 1.8)
        << off_m;
  }
}

TEST(Earthworks, ARayMeetsTheFlankTheFaceAndTheFloor) {
  const Elevation berm = level_with({kBerm});
  // Level, 1.5 m above the ground: the flank is halfway between foot and crest, 2.5 m off the line.
  auto hit = ray_to_ground(berm, above(-300, 0, 1.5), towards(90, 0), 5000);
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->range_m, 297.5, 0.05);
  EXPECT_NEAR(hit->grazing_rad, std::atan2(3, 3), 0.01);
  const Elevation wall = level_with({{EarthworkKind::wall, {{0, -500}, {0, 500}}, 4, 0.4, 0}});
  hit = ray_to_ground(wall, above(-300, 0, 2), towards(90, 0), 5000);
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->range_m, 299.8, 0.01);
  EXPECT_NEAR(hit->grazing_rad, std::numbers::pi / 2, 0.01);
  const Elevation trench = level_with({kTrench});
  // Down to the middle of the floor.
  hit = ray_to_ground(trench, above(-3.8, 0, 7.5), towards(90, -geo::degrees(std::atan(2.5))), 100);
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->range_m, 3.8, 0.01);
  EXPECT_NEAR(hit->place.height_m, kGround_m - 2, 1e-3);
  // From a far low camera the other flank is met just below its edge.
  hit = ray_to_ground(trench, above(-100, 0, 10), towards(90, -geo::degrees(std::atan(0.1))), 500);
  ASSERT_TRUE(hit);
  EXPECT_LT(hit->place.height_m, kGround_m - 0.01);
  EXPECT_GT(hit->range_m, 100);
  EXPECT_LT(hit->range_m, 101.5);
}

TEST(Earthworks, WithoutAnyNearbyARayIsTheSameToTheBit) {
  const auto hills = [](double east, double north) {
    return 20 * std::sin(east / 190) * std::cos(north / 230);
  };
  const Elevation plain = made_terrain(3000, 30, hills);
  const Elevation far =
      made_terrain(3000, 30, hills)
          .with(test::works_of({{EarthworkKind::berm, {{2900, -100}, {2900, 100}}, 3, 8, 2}}));
  for (int azimuth_deg = 200; azimuth_deg < 340; ++azimuth_deg) {
    const auto a = ray_to_ground(plain, at(0, 0, 45), towards(azimuth_deg, -2), 2500);
    const auto b = ray_to_ground(far, at(0, 0, 45), towards(azimuth_deg, -2), 2500);
    ASSERT_EQ(a.has_value(), b.has_value());
    if (a) {
      EXPECT_EQ(a->place, b->place);
    }
  }
}

TEST(Earthworks, WhatIsRaisedStandsInWhatIsDug) {
  const DrawnWork across{EarthworkKind::berm, {{-20, 100}, {20, 100}}, 1, 6, 4};
  const Elevation ground = level_with({kTrench, across});
  const auto surface_m = [&](double east_m, double north_m) {
    const geo::Geodetic place = at(east_m, north_m);
    return *ground.surface_m(place.lat_rad, place.lon_rad) - kGround_m;
  };
  EXPECT_NEAR(surface_m(0, 0), -2, 1e-3);
  EXPECT_NEAR(surface_m(0, 100), 1, 1e-3);
  EXPECT_NEAR(surface_m(30, 30), 0, 1e-3);
  // A look along the trench ends at the berm.
  EXPECT_FALSE(line_of_sight(ground, above(0, 0, -1), above(0, 200, -1)));
  EXPECT_TRUE(line_of_sight(ground, above(0, 0, -1), above(0, 90, -1)));
}

TEST(Earthworks, AnEyeWithinOneSeesNothing) {
  const Elevation ground = level_with({kBerm});
  EXPECT_FALSE(ray_to_ground(ground, above(0, 0, 2), towards(90, -5), 1000));
  EXPECT_FALSE(line_of_sight(ground, above(0, 0, 2), above(100, 0, 2)));
  EXPECT_TRUE(ray_to_ground(ground, above(0, 0, 3.5), towards(90, -5), 1000));
}

TEST(Earthworks, OverAVoidHideNothing) {
  std::vector<float> heights_m(201 * 201, static_cast<float>(kGround_m));
  for (int row = 90; row < 110; ++row)
    heights_m[static_cast<std::size_t>(row * 201 + 100)] = std::numeric_limits<float>::quiet_NaN();
  const Bounds bounds = grown(
      {test::kMiddle.lat_rad, test::kMiddle.lat_rad, test::kMiddle.lon_rad, test::kMiddle.lon_rad},
      3000);
  const Elevation ground =
      Elevation::from_grid(bounds, 201, 201, std::move(heights_m)).with(test::works_of({kBerm}));
  EXPECT_TRUE(line_of_sight(ground, above(-200, 0, 2), above(200, 0, 2)));
  EXPECT_FALSE(line_of_sight(ground, above(-200, 600, 2), above(200, 600, 2)));
  EXPECT_FALSE(ground.surface_m(test::kMiddle.lat_rad, test::kMiddle.lon_rad));
}

}  // namespace
}  // namespace marsad::terrain
