// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "geo/local_frame.h"
#include "terrain/earthworks.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"
#include "tests/terrain/earthworks_oracle.h"

namespace marsad::terrain {
namespace {

using test::DrawnWork;
using test::random_works;

constexpr double kReach_m = 700;
// What the ways of reckoning the place of a line may differ by.
constexpr double kAside_m = 0.004;
constexpr double kHeight_m = 0.004;

// Rough ground with random earthworks on it.
struct RandomWorld {
  std::vector<DrawnWork> works;
  Elevation ground;
  std::mt19937_64 random;

  double share(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  }
};

RandomWorld random_world(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto works = random_works(random);
  const double roughness_m = std::uniform_real_distribution<double>(0, 4)(random);
  std::uniform_real_distribution<double> noise_m(0, roughness_m);
  Elevation ground = test::made_terrain(1300, 30, [&](double, double) { return noise_m(random); });
  return {works, std::move(ground).with(test::works_of(works)), std::move(random)};
}

// The least and the most that the surface rises above a place within what the line's place may be
// off: how deep below it surely, and at most.
struct Depth {
  double surely_m = 0;
  double at_most_m = 0;
};

Depth depth(const RandomWorld& world, geo::Geodetic place) {
  const auto ground_m = world.ground.height_m(place.lat_rad, place.lon_rad);
  const geo::Enu at = test::kFrame.to_enu({place.lat_rad, place.lon_rad, 0});
  constexpr double kHighest_m = 4;
  const double highest_m = *ground_m + kHighest_m - place.height_m;
  if (highest_m < -1) return {highest_m, highest_m};
  Depth depth{1e9, -1e9};
  for (const double east : {-kAside_m, 0.0, kAside_m}) {
    for (const double north : {-kAside_m, 0.0, kAside_m}) {
      const double rise_m = test::drawn_rise_m(world.works, {at.east + east, at.north + north});
      const double deep_m = *ground_m + rise_m - place.height_m;
      depth = {std::min(depth.surely_m, deep_m), std::max(depth.at_most_m, deep_m)};
    }
  }
  return depth;
}

// The line of a ray, by exact points.
geo::Geodetic on_ray(const geo::LocalFrame& frame, geo::Enu direction, double slant_m) {
  geo::Geodetic place = frame.to_geodetic(slant_m * direction);
  place.height_m -= kRefraction * slant_m * slant_m / (2 * kEarthRadius_m);
  return place;
}

RC_GTEST_PROP(EarthworksProperty, ARayEndsWhereADenseWalkMeetsThem, (std::uint64_t seed)) {
  RandomWorld world = random_world(seed);
  for (int i = 0; i < 6; ++i) {
    geo::Geodetic origin = test::at(world.share(-400, 400), world.share(-400, 400));
    const auto surface_m = world.ground.surface_m(origin.lat_rad, origin.lon_rad);
    origin.height_m = *surface_m + world.share(0.05, 8);
    const geo::Enu direction = test::towards(world.share(0, 360), world.share(-6, 1));
    const geo::LocalFrame frame(origin);
    const auto hit = ray_to_ground(world.ground, origin, direction, kReach_m);
    double end_m = 0.999 * kReach_m;
    const auto place_at = [&](double slant_m) { return on_ray(frame, direction, slant_m); };
    if (hit) {
      end_m = dot(frame.to_enu(hit->place), direction);
      RC_ASSERT(geo::norm(geo::LocalFrame(hit->place).to_enu(place_at(end_m))) < 0.003);
      RC_ASSERT(depth(world, place_at(end_m)).at_most_m > -kHeight_m);
    }
    constexpr double kStep_m = 0.1;
    for (double slant_m = 0; slant_m < end_m - kAside_m; slant_m += kStep_m) {
      const double surely_m = depth(world, place_at(slant_m)).surely_m;
      if (surely_m >= kHeight_m) RC_LOG() << "ray " << i << " at " << slant_m << " of " << end_m;
      RC_ASSERT(surely_m < kHeight_m);
    }
  }
}

RC_GTEST_PROP(EarthworksProperty, ALineOfSightIsFreeWhereADenseWalkIsAbove, (std::uint64_t seed)) {
  RandomWorld world = random_world(seed);
  for (int i = 0; i < 6; ++i) {
    std::array<geo::Geodetic, 2> ends;
    for (geo::Geodetic& end : ends) {
      end = test::at(world.share(-300, 300), world.share(-300, 300));
      end.height_m = *world.ground.surface_m(end.lat_rad, end.lon_rad) + world.share(0.1, 5);
    }
    const geo::LocalFrame frame(ends[0]);
    const geo::Enu way = frame.to_enu(ends[1]);
    const double length_m = geo::norm(way);
    double surely_m = -1e9, at_most_m = -1e9;
    for (double along_m = 0; along_m <= length_m; along_m += 0.05) {
      geo::Geodetic place = frame.to_geodetic((along_m / length_m) * way);
      place.height_m += kRefraction * along_m * (length_m - along_m) / (2 * kEarthRadius_m);
      const Depth here = depth(world, place);
      surely_m = std::max(surely_m, here.surely_m);
      at_most_m = std::max(at_most_m, here.at_most_m);
    }
    // The line may be a centimetre deep.
    const bool sees = line_of_sight(world.ground, ends[0], ends[1]);
    if (surely_m > 0.01 + kHeight_m) RC_ASSERT(!sees);
    // Between two steps an edge may stand out by some centimetres.
    if (at_most_m < -0.05) RC_ASSERT(sees);
  }
}

RC_GTEST_PROP(EarthworksProperty, TheSurfaceIsTheHighestRaisedOrTheDeepestDug,
              (std::uint64_t seed)) {
  RandomWorld world = random_world(seed);
  for (int i = 0; i < 300; ++i) {
    geo::Geodetic place = test::at(world.share(-400, 400), world.share(-400, 400));
    place.height_m = *world.ground.surface_m(place.lat_rad, place.lon_rad);
    const Depth there = depth(world, place);
    RC_ASSERT(there.surely_m < kHeight_m && there.at_most_m > -kHeight_m);
  }
}

// A piece tells its profile along a line by knots; between them it is what it says at points.
RC_GTEST_PROP(EarthworksProperty, TheKnotsOfACrossingAreTheProfile, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto share = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  const DrawnWork drawn = random_works(random).front();
  const Steps steps{share(0.5, 40), share(0.5, 40)};
  const auto point = [&] {
    return GridPoint{share(-60, 60) / steps.column_m, share(-60, 60) / steps.row_m};
  };
  const EarthworkPiece piece(point(), point(), steps, drawn.work());
  const GridPoint a = point(), b = point();
  const auto crossing = piece.crossing(a, b);
  for (int i = 0; i <= 200; ++i) {
    const double at = i / 200.0;
    double told_m = 0;
    for (std::size_t k = 0; k + 1 < crossing.count; ++k) {
      const auto& from = crossing.knots[k];
      const auto& to = crossing.knots[k + 1];
      RC_ASSERT(from.share <= to.share);
      if (at < from.share || at > to.share || from.share == to.share) continue;
      told_m =
          from.rise_m + (at - from.share) / (to.share - from.share) * (to.rise_m - from.rise_m);
    }
    const GridPoint here{a.column + at * (b.column - a.column), a.row + at * (b.row - a.row)};
    RC_ASSERT(std::abs(told_m - piece.rise_at_m(here)) < 1e-9 * (1 + std::abs(piece.rise_m())));
  }
}

}  // namespace
}  // namespace marsad::terrain
