// SPDX-License-Identifier: Apache-2.0
#include "locate/standing.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/local_frame.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad::locate {
namespace {

using test::at;

// Moments over all ground to the north by trying every place against every height of the eye.
Standing by_trying_all(const PlaneSight& sight, double about_m, const terrain::Elevation& ground,
                       const LocatorSettings& settings) {
  constexpr double kStep_m = 2, kSigmas = 0.1;
  Standing sum;
  const geo::LocalFrame frame(sight.eye);
  for (double x_m = kStep_m / 2; x_m < settings.max_range_m; x_m += kStep_m) {
    geo::Geodetic place = frame.to_geodetic({0, x_m, 0});
    const double line_m =
        place.height_m - settings.refraction * x_m * x_m / (2 * terrain::kEarthRadius_m);
    place.height_m = *ground.height_m(place.lat_rad, place.lon_rad);
    for (double sigmas = -5; sigmas <= 5; sigmas += kSigmas) {
      const double lift_m = sigmas * sight.height_sigma_m;
      const double turned =
          ((place.height_m - line_m - lift_m) / x_m - sight.slope) / sight.slope_sigma;
      if (std::abs(turned) > 6) continue;
      geo::Geodetic eye = sight.eye;
      eye.height_m += lift_m;
      if (!line_of_sight(ground, eye, place, settings.refraction)) continue;
      const double weight = x_m * std::exp(-(sigmas * sigmas + turned * turned) / 2);
      sum.weight += weight;
      sum.d_m += weight * (x_m - about_m);
      sum.dd_m2 += weight * (x_m - about_m) * (x_m - about_m);
    }
  }
  return sum;
}

void expect_same(const PlaneSight& sight, double about_m, const terrain::Elevation& ground) {
  const LocatorSettings settings{.max_range_m = 6000};
  const Standing all = by_trying_all(sight, about_m, ground, settings);
  const Standing on = standing_along(sight, about_m, ground, settings);
  const double rms_m = std::sqrt(all.dd_m2 / all.weight);
  EXPECT_NEAR(std::sqrt(on.dd_m2 / on.weight), rms_m, 0.02 * rms_m);
  EXPECT_NEAR(on.d_m / on.weight, all.d_m / all.weight, 0.02 * rms_m);
}

TEST(Standing, IsThatOfEveryPlaceTriedOnLevelGround) {
  const auto ground = test::flat_terrain(8000);
  expect_same({at(0, 0, 40), 0, -0.02, 0.001, 1}, 2000, ground);
  expect_same({at(0, 0, 40), 0, -0.02, 0.0002, 3}, 2000, ground);
  expect_same({at(0, 0, 40), 0, -0.1, 0.003, 0.01}, 400, ground);
}

TEST(Standing, IsThatOfEveryPlaceTriedOverACrest) {
  const auto ground = test::made_terrain(8000, 30, [](double, double north) {
    return 30 * std::exp(-std::pow((north - 1500) / 300, 2)) + north / 100;
  });
  // Onto the slope before the crest, its top, and over it.
  for (const double slope : {-0.001, 0.0025, 0.004, -0.01}) {
    for (const double height_sigma_m : {1.0, 3.0}) {
      expect_same({at(0, 0, 40), 0, slope, 0.0008, height_sigma_m}, 1400, ground);
    }
  }
}

TEST(Standing, TellsHowManySightsMeetGround) {
  const auto ground = test::flat_terrain(8000);
  const LocatorSettings settings{.max_range_m = 6000, .refraction = 0};
  const auto met = [&](double slope) {
    return standing_along({at(0, 0, 40), 0, slope, 0.001, 0}, 2000, ground, settings).met;
  };
  EXPECT_NEAR(met(-0.02), 1, 1e-6);
  // The last ground in reach appears at this slope.
  const double last = -40.0 / 6000 - 6000 / (2 * terrain::kEarthRadius_m);
  EXPECT_NEAR(met(last), 0.5, 0.02);
  EXPECT_NEAR(met(last + 0.001), 0.159, 0.02);
  EXPECT_EQ(standing_along({at(0, 0, 40), 0, 0.1, 0.001, 0}, 2000, ground, settings).weight, 0);
}

}  // namespace
}  // namespace marsad::locate
