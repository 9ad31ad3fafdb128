// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <random>

#include "geo/local_frame.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"

namespace marsad::terrain {
namespace {

constexpr double kMillimetre_m = 1e-3;

// The ray as it is defined, by exact points: a straight line bent by k r² / 2R.
class ExactRay {
 public:
  ExactRay(const Elevation& ground, geo::Geodetic origin, geo::Enu direction)
      : ground_(ground),
        frame_(origin),
        direction_(direction),
        level_(std::hypot(direction.east, direction.north)) {}

  geo::Geodetic at(double slant_m) const {
    geo::Geodetic place = frame_.to_geodetic(slant_m * direction_);
    place.height_m -= kRefraction * slant_m * slant_m * level_ * level_ / (2 * kEarthRadius_m);
    return place;
  }
  // None off the map and over a void.
  std::optional<double> above_ground_m(double slant_m) const {
    const geo::Geodetic place = at(slant_m);
    const auto ground_m = ground_.height_m(place.lat_rad, place.lon_rad);
    return ground_m ? std::optional(place.height_m - *ground_m) : std::nullopt;
  }
  // Where on the ray a place near it is nearest.
  double slant_to(geo::Geodetic place) const {
    double slant_m = dot(frame_.to_enu(place), direction_);
    for (int round = 0; round < 3; ++round) {
      slant_m += dot(geo::LocalFrame(at(slant_m)).to_enu(place), direction_);
    }
    return slant_m;
  }

  // How deep below the ground it is at the worst point before `end_m`, by a patient walk.
  double deepest_before_m(double end_m, double step_m) const {
    double deepest_m = 0;
    for (double slant_m = 0; slant_m < end_m; slant_m += step_m) {
      deepest_m = std::max(deepest_m, -above_ground_m(slant_m).value_or(0));
    }
    return deepest_m;
  }

 private:
  const Elevation& ground_;
  geo::LocalFrame frame_;
  geo::Enu direction_;
  double level_;
};

struct Tried {
  int hits = 0;
  int misses = 0;
};

// Rays of a few degrees up and down from somewhere in the middle of the ground.
Tried try_rays(const Elevation& ground, double range_m, double step_m, int count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  const Bounds b = ground.bounds();
  Tried tried;
  for (int i = 0; i < count; ++i) {
    geo::Geodetic origin{b.south_rad + (0.2 + 0.6 * unit(random)) * (b.north_rad - b.south_rad),
                         b.west_rad + (0.2 + 0.6 * unit(random)) * (b.east_rad - b.west_rad), 0};
    const auto foot_m = ground.height_m(origin.lat_rad, origin.lon_rad);
    if (!foot_m) continue;
    origin.height_m = *foot_m + 2 + 60 * unit(random);
    const geo::Enu direction = test::towards(360 * unit(random), -5 + 6 * unit(random));
    const ExactRay ray(ground, origin, direction);
    const auto hit = ray_to_ground(ground, origin, direction, range_m);
    if (hit) {
      ++tried.hits;
      const double slant_m = ray.slant_to(hit->place);
      EXPECT_NEAR(ray.above_ground_m(slant_m).value_or(9), 0, kMillimetre_m) << i;
      const geo::LocalFrame exact(ray.at(slant_m));
      EXPECT_LT(geo::norm(exact.to_enu(hit->place)), kMillimetre_m) << i;
      EXPECT_LT(ray.deepest_before_m(slant_m - 1e-3, step_m), kMillimetre_m) << i;
    } else {
      ++tried.misses;
      EXPECT_LT(ray.deepest_before_m(0.999 * range_m, step_m), kMillimetre_m) << i;
    }
  }
  return tried;
}

// Every node by itself: steeper and rougher than any real ground.
Elevation rough(double half_width_m, double spacing_m, double height_m, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  return test::made_terrain(half_width_m, spacing_m,
                            [&](double, double) { return height_m * unit(random); });
}

TEST(RayOracle, IsRightToAMillimetreOnRoughGround) {
  const Tried tried = try_rays(rough(6000, 30, 8, 1), 4000, 0.7, 400, 2);
  EXPECT_GT(tried.hits, 100);
}

TEST(RayOracle, IsRightToAMillimetreOnCoarseCells) {
  const Tried tried = try_rays(rough(60'000, 900, 90, 3), 40'000, 7, 300, 4);
  EXPECT_GT(tried.hits, 50);
}

TEST(RayOracle, IsRightToAMillimetreOnRollingHills) {
  const Elevation hills = test::made_terrain(20'000, 90, [](double east, double north) {
    return 60 * std::sin(east / 900) * std::cos(north / 1300) + 9 * std::sin(north / 210);
  });
  const Tried tried = try_rays(hills, 12'000, 3, 400, 5);
  EXPECT_GT(tried.hits, 100);
}

TEST(RayOracle, IsRightToAMillimetreOnRealGround) {
  for (const std::string_view file : {test::kGolan, test::kJordan}) {
    const auto ground = test::real_ground(file);
    if (!ground) GTEST_SKIP();
    // Without voids, through which a ray may go down unseen.
    if (ground->void_share() > 0 && file == test::kJordan) continue;
    const Tried tried = try_rays(*ground, 8000, 2, 250, 6);
    EXPECT_GT(tried.hits, 50) << file;
  }
}

}  // namespace
}  // namespace marsad::terrain
