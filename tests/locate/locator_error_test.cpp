// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "tests/locate/error_trial.h"
#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"

namespace marsad::locate {
namespace {

using test::Consistency;
using test::consistency;
using test::PlacedError;

const LocatorSettings kSettings{.elevation_sigma_m = 0.5, .size_sigma = 0};

sensor::Camera good_survey(geo::Geodetic position, double azimuth_deg) {
  sensor::Camera camera = test::camera_at(position, azimuth_deg, -3);
  camera.model.horizontal_fov_rad = geo::radians(24);
  camera.sigma = {.azimuth_rad = 0.001,
                  .elevation_rad = 0.0004,
                  .roll_rad = 0.002,
                  .position_m = 2,
                  .height_m = 0.5};
  return camera;
}

// Movers all around a place, up to the locator's largest range.
std::vector<PlacedError> all_around(const std::shared_ptr<const terrain::Elevation>& ground,
                                    geo::Geodetic position, int movers) {
  std::vector<PlacedError> errors;
  for (unsigned look = 0; look < 12; ++look) {
    const auto trial = test::error_trial(good_survey(position, 30 * look), ground, kSettings,
                                         kSettings.max_range_m, movers, 70 + look);
    errors.insert(errors.end(), trial.placed.begin(), trial.placed.end());
  }
  return errors;
}

// A mean of 2 by how far the plots say that it may be off: three sigmas of it.
void expect_as_told(const Consistency& c) {
  const double sigma = (c.told_high - c.told_low) / (2 * 1.96);
  EXPECT_NEAR(c.mean, 2, 3 * sigma) << c.count << " plots";
}

// Up to the range given; beyond it a mean no more than a quarter too large.
void expect_honest(const std::vector<PlacedError>& errors, std::size_t least_count,
                   double honest_to_m) {
  for (const auto& [nearest_m, farthest_m] :
       {std::pair{500.0, 2000.0}, {2000.0, 4000.0}, {4000.0, 8000.0}, {8000.0, 15'000.0}}) {
    const Consistency c = consistency(errors, nearest_m, farthest_m);
    std::cout << nearest_m / 1000 << " to " << farthest_m / 1000 << " km: " << c.count
              << " placed, NEES mean " << c.mean << ", 95 % bounds " << c.low << " to " << c.high
              << ", share below 5.99: " << c.below_5_99 << '\n';
    EXPECT_GT(c.count, least_count);
    EXPECT_TRUE(c.is_within() || (nearest_m >= honest_to_m && c.mean < 2.5))
        << nearest_m << " to " << farthest_m << " m: " << c.mean;
    EXPECT_GT(c.below_5_99, 0.9);
    expect_as_told(c);
    const Consistency gaussian = consistency(errors, nearest_m, farthest_m, test::kNearlyGaussian);
    EXPECT_GT(gaussian.count, c.count / 2);
    expect_as_told(gaussian);
  }
}

TEST(LocatorError, IsAsLargeAsToldOnLevelGroundInEveryRangeBand) {
  const auto ground = std::make_shared<const terrain::Elevation>(test::flat_terrain(30'000));
  expect_honest(all_around(ground, test::at(0, 0, 50), 500), 30, 15'000);
}

TEST(LocatorError, IsAsLargeAsToldOnRealHillsInEveryRangeBand) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic position = test::highest_in_the_middle(*ground);
  position.height_m += 40;
  expect_honest(all_around(ground, position, 1000), 30, 15'000);
}

TEST(LocatorError, IsAsLargeAsToldInTheDesertByCoarseElevation) {
  const auto ground = test::real_ground("geo/iqsy_dted0_30s.tif");
  if (!ground) GTEST_SKIP();
  geo::Geodetic position{geo::radians(34), geo::radians(41), 0};
  position.height_m = *ground->height_m(position.lat_rad, position.lon_rad) + 40;
  // Ten kilometres from a tower of 40 m the ground is seen at a fifth of a degree; there the
  // errors' tails are longer than those that the bounds hold for.
  expect_honest(all_around(ground, position, 400), 30, 8000);
}

}  // namespace
}  // namespace marsad::locate
