// SPDX-License-Identifier: Apache-2.0
#include "terrain/ray.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/local_frame.h"
#include "tests/support/made_terrain.h"

namespace marsad::terrain {
namespace {

using test::at;
using test::flat_terrain;
using test::kFrame;
using test::made_terrain;
using test::towards;

// Level ground without refraction: the exact answer by bisection on the ellipsoid.
double exact_range_on_sea_level_m(geo::Geodetic origin, geo::Enu direction, double refraction) {
  const geo::LocalFrame frame(origin);
  const double level = std::hypot(direction.east, direction.north);
  const auto height = [&](double s) {
    return frame.to_geodetic(s * direction).height_m -
           refraction * s * s * level * level / (2 * kEarthRadius_m);
  };
  double above = 0, below = 0;
  while (height(below) > 0) below += 100;
  for (int i = 0; i < 60; ++i) {
    const double middle = (above + below) / 2;
    (height(middle) > 0 ? above : below) = middle;
  }
  return above * level;
}

// Where h - r tan(depression) + (1 - k) r² / 2R is 0.
double range_over_round_earth_m(double height_m, double depression_deg) {
  const double slope = std::tan(geo::radians(depression_deg));
  const double bend = (1 - kRefraction) / (2 * kEarthRadius_m);
  return (slope - std::sqrt(slope * slope - 4 * bend * height_m)) / (2 * bend);
}

TEST(Ray, MeetsLevelGroundAtHeightOverTangentOfTheDepression) {
  const Elevation ground = flat_terrain();
  for (const double azimuth_deg : {0.0, 37.0, 90.0, 180.0, 251.0, 359.0}) {
    const auto hit = ray_to_ground(ground, at(0, 0, 50), towards(azimuth_deg, -10), 20'000);
    ASSERT_TRUE(hit.has_value());
    EXPECT_NEAR(hit->range_m, 50 / std::tan(geo::radians(10)), 0.05);
    EXPECT_NEAR(hit->place.height_m, 0, 1e-3);
    const geo::Enu foot = kFrame.to_enu(hit->place);
    const double off_deg = geo::degrees(std::atan2(foot.east, foot.north)) - azimuth_deg;
    EXPECT_NEAR(std::remainder(off_deg, 360), 0, 1e-3);
  }
}

TEST(Ray, IsRightToATenthOfAMetreTwentyKilometresAway) {
  const Elevation ground = flat_terrain();
  for (const double refraction : {0.0, kRefraction, -0.5}) {
    for (const double elevation_deg : {-0.45, -0.6, -1.0, -3.0, -30.0, -89.0}) {
      const geo::Geodetic origin = at(-3000, 2000, 120);
      const geo::Enu direction = towards(112, elevation_deg);
      const auto hit = ray_to_ground(ground, origin, direction, 40'000, refraction);
      ASSERT_TRUE(hit.has_value()) << elevation_deg;
      const double expected = exact_range_on_sea_level_m(origin, direction, refraction);
      // At this grazing angle a millimetre of height is so many metres of range.
      const double millimetre = 1e-3 / std::tan(hit->grazing_rad);
      EXPECT_NEAR(hit->range_m, expected, std::max(0.1, millimetre) + 2e-5 * expected);
      const geo::Enu seen = geo::LocalFrame(origin).to_enu(hit->place);
      EXPECT_NEAR(std::hypot(seen.east, seen.north), expected, std::max(0.02, millimetre));
    }
  }
}

TEST(Ray, SinksByCurvatureLessRefraction) {
  // Level ground falls away under a level ray, so a wall 12 km off is met only where it stands
  // h + (1 - k) r² / 2R above sea level.
  const double r = 12'000;
  const double drop = (1 - kRefraction) * r * r / (2 * kEarthRadius_m);
  for (const double above : {-0.3, 0.3}) {
    const Elevation ground = made_terrain(15'000, 50, [&](double, double north) {
      return std::abs(north - r) < 200 ? 20 + drop + above : 0;
    });
    EXPECT_EQ(ray_to_ground(ground, at(0, 0, 20), towards(0, 0), 14'000).has_value(), above > 0);
  }
}

TEST(Ray, StraightDownMeetsTheGroundBelow) {
  const Elevation ground = flat_terrain(5000, 310);
  const auto hit = ray_to_ground(ground, at(120, -80, 700), {0, 0, -1}, 1000);
  ASSERT_TRUE(hit.has_value());
  EXPECT_NEAR(geo::norm(kFrame.to_enu(hit->place) - kFrame.to_enu(at(120, -80, 310))), 0, 0.01);
  EXPECT_NEAR(hit->range_m, 0, 0.01);
  EXPECT_NEAR(hit->grazing_rad, geo::radians(90), 1e-3);
}

TEST(Ray, MeetsASlopeAtTheSumOfTheAngles) {
  const Elevation ground = made_terrain(5000, 50, [](double, double north) { return 0.1 * north; });
  const auto hit = ray_to_ground(ground, at(0, 0, 30), towards(0, -2), 5000);
  ASSERT_TRUE(hit.has_value());
  EXPECT_NEAR(geo::degrees(hit->grazing_rad), 2 + geo::degrees(std::atan(0.1)), 0.05);
  EXPECT_NEAR(hit->range_m, 30 / (0.1 + std::tan(geo::radians(2))), 0.5);
}

TEST(Ray, IntoTheSkyOrBeyondItsRangeOrOffTheMapIsNone) {
  const Elevation ground = flat_terrain(5000);
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 50), towards(20, 3), 20'000));
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 50), {0, 0, 1}, 20'000));
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 50), towards(20, -1), 2000));
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 50), towards(20, -0.5), 20'000));
}

TEST(Ray, ComesOntoTheMapFromOutside) {
  const Elevation ground = flat_terrain(5000);
  const auto hit = ray_to_ground(ground, at(0, -8000, 400), towards(0, -3), 20'000);
  ASSERT_TRUE(hit.has_value());
  EXPECT_NEAR(hit->range_m, range_over_round_earth_m(400, 3), 2);
  EXPECT_FALSE(ray_to_ground(ground, at(0, -8000, 100), towards(0, -3), 20'000));
  EXPECT_FALSE(ray_to_ground(ground, at(0, -8000, 400), towards(180, -3), 20'000));
}

TEST(Ray, TellsTheAngleUpToTheVeryEdgeOfAVoid) {
  for (const double spacing_m : {30.0, 47.0, 90.0}) {
    const Elevation ground = made_terrain(5000, spacing_m, [](double east, double north) {
      return north + 0.3 * east > 900 ? std::numeric_limits<double>::quiet_NaN() : 0.01 * north;
    });
    for (double azimuth_deg = -20; azimuth_deg <= 20; azimuth_deg += 2.5) {
      // Ever nearer to the last sight that meets known ground.
      double met_deg = -10, missed_deg = -1;
      for (int i = 0; i < 60; ++i) {
        const double middle_deg = (met_deg + missed_deg) / 2;
        const auto hit =
            ray_to_ground(ground, at(0, 0, 60), towards(azimuth_deg, middle_deg), 5000);
        (hit ? met_deg : missed_deg) = middle_deg;
        if (!hit) continue;
        EXPECT_NEAR(geo::degrees(hit->grazing_rad), -middle_deg, 1)
            << spacing_m << ' ' << azimuth_deg << ' ' << middle_deg;
      }
    }
  }
}

TEST(Ray, GroundMetUnseenInAVoidIsNone) {
  const auto hole = [](double, double north) {
    return north > 900 && north < 1500 ? std::numeric_limits<double>::quiet_NaN() : 0;
  };
  const Elevation ground = made_terrain(5000, 50, hole);
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 20), towards(0, -1), 5000));
  EXPECT_TRUE(ray_to_ground(ground, at(0, 0, 20), towards(0, -2), 5000));
  const auto beyond = ray_to_ground(ground, at(0, 0, 50), towards(0, -1), 5000);
  ASSERT_TRUE(beyond.has_value());
  EXPECT_NEAR(beyond->range_m, range_over_round_earth_m(50, 1), 2);
}

TEST(Ray, StartingBelowTheGroundIsNone) {
  const Elevation ground = flat_terrain(5000, 100);
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 90), towards(0, -2), 5000));
  EXPECT_FALSE(ray_to_ground(ground, at(0, 0, 90), towards(0, 20), 5000));
}

TEST(LineOfSight, IsHiddenByAWallAndFreeAboveIt) {
  const Elevation ground = made_terrain(
      5000, 10, [](double, double north) { return std::abs(north - 1000) < 20 ? 15 : 0; });
  EXPECT_FALSE(line_of_sight(ground, at(0, 0, 10), at(0, 2000, 10)));
  EXPECT_TRUE(line_of_sight(ground, at(0, 0, 16), at(0, 2000, 16)));
  EXPECT_TRUE(line_of_sight(ground, at(0, 0, 10), at(0, 900, 0)));
  EXPECT_TRUE(line_of_sight(ground, at(0, 0, 10), at(0, 0, 10)));
}

TEST(LineOfSight, EndsOnTheGroundWithoutBeingHiddenByIt) {
  const Elevation ground = flat_terrain(30'000);
  for (const double north : {10.0, 555.0, 4000.0, 15'000.0}) {
    EXPECT_TRUE(line_of_sight(ground, at(0, 0, 30), at(70, north, 0))) << north;
    EXPECT_TRUE(line_of_sight(ground, at(70, north, 0), at(0, 0, 30))) << north;
  }
}

TEST(LineOfSight, EndsAtTheHorizonThatRefractionLifts) {
  const Elevation ground = flat_terrain(30'000);
  const double horizon_m = std::sqrt(2 * kEarthRadius_m / (1 - kRefraction) * 20);
  EXPECT_TRUE(line_of_sight(ground, at(0, 0, 20), at(0, 0.98 * horizon_m, 0)));
  EXPECT_FALSE(line_of_sight(ground, at(0, 0, 20), at(0, 1.03 * horizon_m, 0)));
  EXPECT_FALSE(line_of_sight(ground, at(0, 0, 20), at(0, 0.98 * horizon_m, 0), 0));
}

TEST(LineOfSight, UnknownGroundHidesNothing) {
  const Elevation ground = made_terrain(5000, 50, [](double, double north) {
    return std::abs(north - 1000) < 200 ? std::numeric_limits<double>::quiet_NaN() : 0;
  });
  EXPECT_TRUE(line_of_sight(ground, at(0, 0, 2), at(0, 2000, 2)));
  EXPECT_TRUE(line_of_sight(ground, at(0, 8000, 100), at(0, 9000, 2)));
}

TEST(DirectionTo, IsWhereARayMustBeSentToArrive) {
  const Elevation ground = flat_terrain();
  const geo::Geodetic origin = at(0, 0, 60);
  for (const double east : {300.0, 4000.0, 14'000.0}) {
    const geo::Geodetic target = at(east, 0.4 * east, 0);
    const auto hit = ray_to_ground(ground, origin, direction_to(origin, target), 30'000);
    ASSERT_TRUE(hit.has_value());
    EXPECT_NEAR(geo::norm(kFrame.to_enu(hit->place) - kFrame.to_enu(target)), 0, 0.1);
  }
}

}  // namespace
}  // namespace marsad::terrain
