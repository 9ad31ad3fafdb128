// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "geo/local_frame.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad::terrain {
namespace {

using test::at;

// Waves of a few tens of metres, steep enough to hide much.
Elevation waves() {
  const double phase = 0.01 * *rc::gen::inRange(0, 628);
  const double height_m = *rc::gen::inRange(1, 40);
  const double length_m = *rc::gen::inRange(80, 600);
  return test::made_terrain(3000, 60, [=](double east, double north) {
    return height_m * (std::sin(east / length_m + phase) + std::cos(north / length_m - phase));
  });
}

// A place on the map, so many centimetres above its ground.
geo::Geodetic standing(const Elevation& ground, int lowest_cm, int highest_cm) {
  geo::Geodetic place = at(*rc::gen::inRange(-2500, 2500), *rc::gen::inRange(-2500, 2500));
  place.height_m = *ground.height_m(place.lat_rad, place.lon_rad) +
                   0.01 * *rc::gen::inRange(lowest_cm, highest_cm);
  return place;
}

RC_GTEST_PROP(RayProperty, EndsOnTheGroundAtAPlaceInSight, ()) {
  const Elevation ground = waves();
  const geo::Geodetic origin = standing(ground, 200, 6000);
  const geo::Enu ray =
      test::towards(*rc::gen::inRange(0, 360), 0.01 * *rc::gen::inRange(-3000, 500));
  const auto hit = ray_to_ground(ground, origin, ray, 10'000);
  RC_PRE(hit.has_value());
  RC_ASSERT(std::abs(hit->place.height_m -
                     *ground.height_m(hit->place.lat_rad, hit->place.lon_rad)) < 1e-3);
  RC_ASSERT(line_of_sight(ground, origin, hit->place));
  RC_ASSERT(hit->grazing_rad >= 0);
  const geo::Enu towards_hit = direction_to(origin, hit->place);
  RC_ASSERT(geo::norm(towards_hit - ray) < 1e-6);
}

RC_GTEST_PROP(RayProperty, OfALongerRangeIsTheSameRay, ()) {
  const Elevation ground = waves();
  const geo::Geodetic origin = standing(ground, 200, 6000);
  const geo::Enu ray = test::towards(*rc::gen::inRange(0, 360), 0.01 * *rc::gen::inRange(-3000, 0));
  const auto near = ray_to_ground(ground, origin, ray, 2000);
  const auto far = ray_to_ground(ground, origin, ray, 50'000);
  RC_PRE(far.has_value());
  RC_ASSERT(near.has_value() == (far->range_m <= 2000));
  if (near) {
    // At so shallow an angle a millimetre of height is so many metres of place.
    const double millimetre = 1e-3 / std::sin(std::max(far->grazing_rad, 1e-4));
    RC_ASSERT(std::abs(near->range_m - far->range_m) < 0.01 + millimetre);
  }
}

RC_GTEST_PROP(LineOfSightProperty, IsTheSameBothWays, ()) {
  const Elevation ground = waves();
  const geo::Geodetic from = standing(ground, 50, 3000), to = standing(ground, 50, 3000);
  geo::Geodetic higher = to, lower = to;
  higher.height_m += 0.05, lower.height_m -= 0.05;
  // Where the ground is passed by a few centimetres, rounding may decide.
  RC_PRE(from != to);
  RC_PRE(line_of_sight(ground, from, higher) == line_of_sight(ground, from, lower));
  RC_ASSERT(line_of_sight(ground, from, to) == line_of_sight(ground, to, from));
}

RC_GTEST_PROP(LineOfSightProperty, IsNotLostByRisingStraightUp, ()) {
  const Elevation ground = waves();
  const geo::Geodetic from = standing(ground, 200, 3000), to = standing(ground, 5, 3000);
  RC_PRE(line_of_sight(ground, from, to));
  geo::Geodetic higher = to;
  higher.height_m += 0.01 * *rc::gen::inRange(10, 20'000);
  RC_ASSERT(line_of_sight(ground, from, higher));
}

}  // namespace
}  // namespace marsad::terrain
