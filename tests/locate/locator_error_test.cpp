// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>
#include <vector>

#include "geo/local_frame.h"
#include "locate/locator.h"
#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"

namespace marsad::locate {
namespace {

constexpr double kElevationSigma_m = 0.5;
constexpr double kSigma_px = 0.3;

sensor::PoseSigma good_survey() {
  return {.azimuth_rad = 0.001,
          .elevation_rad = 0.0004,
          .roll_rad = 0.002,
          .position_m = 2,
          .height_m = 0.5};
}

double nees(geo::Enu error, geo::CovEn cov) {
  const double determinant = cov.ee * cov.nn - cov.en * cov.en;
  return (cov.nn * error.east * error.east - 2 * cov.en * error.east * error.north +
          cov.ee * error.north * error.north) /
         determinant;
}

// What the normalised errors squared of many plots say; a Gaussian told truly has mean 2, median
// 1.39 and 0.99 of them below 9.21.
struct Consistency {
  std::size_t placed = 0;
  double mean = 0;
  double median = 0;
  double below_9_21 = 0;
};

Consistency consistency(std::vector<double> errors) {
  std::sort(errors.begin(), errors.end());
  Consistency c;
  c.placed = errors.size();
  if (errors.empty()) return c;
  const auto count = static_cast<double>(errors.size());
  c.mean = std::accumulate(errors.begin(), errors.end(), 0.0) / count;
  c.median = errors[errors.size() / 2];
  c.below_9_21 =
      static_cast<double>(std::upper_bound(errors.begin(), errors.end(), 9.21) - errors.begin()) /
      count;
  std::cout << c.placed << " placed, NEES mean " << c.mean << ", median " << c.median
            << ", share below 9.21: " << c.below_9_21 << '\n';
  return c;
}

// Movers seen by a camera whose true pose differs from the one told; each trial draws all anew.
std::vector<double> trial(const sensor::Camera& told,
                          std::shared_ptr<const terrain::Elevation> ground, double nearest_m,
                          double farthest_m, int trials) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> unit(0, 1);
  const Locator locator(told, ground, {.elevation_sigma_m = kElevationSigma_m});
  const geo::LocalFrame frame(told.pose.position);
  std::vector<double> errors;
  for (int i = 0; i < trials; ++i) {
    const double range = nearest_m + unit(random) * (farthest_m - nearest_m);
    const double azimuth = told.pose.azimuth_rad + (unit(random) - 0.5) * 0.18;
    geo::Geodetic mover =
        frame.to_geodetic({range * std::sin(azimuth), range * std::cos(azimuth), 0});
    const auto height_m = ground->height_m(mover.lat_rad, mover.lon_rad);
    if (!height_m) continue;
    mover.height_m = *height_m;

    sensor::Pose truth = told.pose;
    truth.azimuth_rad += told.sigma.azimuth_rad * normal(random);
    truth.elevation_rad += told.sigma.elevation_rad * normal(random);
    truth.roll_rad += told.sigma.roll_rad * normal(random);
    truth.position = frame.to_geodetic(
        {told.sigma.position_m * normal(random), told.sigma.position_m * normal(random),
         std::hypot(told.sigma.height_m, kElevationSigma_m) * normal(random)});
    if (!line_of_sight(*ground, truth.position, mover)) continue;
    auto pixel = test::pixel_of(told.model, truth, mover);
    if (!pixel || pixel->v < 0 || pixel->v > 511 || pixel->u < 0 || pixel->u > 639) continue;
    pixel->u += kSigma_px * normal(random);
    pixel->v += 0.6 * normal(random);  // and a whole row: together 0.7
    const Plot plot =
        locator.locate(test::frame_of(told, {test::standing_at(*pixel, kSigma_px)}))[0];
    if (!plot.place) continue;
    errors.push_back(
        nees(geo::LocalFrame(*plot.place).to_enu(mover), plot.cov_m2 + plot.bias_cov_m2));
  }
  return errors;
}

TEST(LocatorError, IsAsLargeAsToldOnLevelGround) {
  const auto ground = std::make_shared<const terrain::Elevation>(test::flat_terrain(10'000));
  sensor::Camera camera = test::camera_at(test::at(0, 0, 50), 30, -3);
  camera.sigma = good_survey();
  const Consistency c = consistency(trial(camera, ground, 500, 1500, 4000));
  EXPECT_GT(c.placed, 3000u);
  EXPECT_GT(c.mean, 1.8);
  EXPECT_LT(c.mean, 2.3);
  EXPECT_GT(c.below_9_21, 0.98);
}

TEST(LocatorError, IsAsLargeAsToldOnRealHills) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic position = test::highest_in_the_middle(*ground);
  position.height_m += 40;
  std::vector<double> errors;
  for (const double azimuth_deg : {10.0, 100.0, 190.0, 280.0}) {
    sensor::Camera camera = test::camera_at(position, azimuth_deg, -4);
    camera.sigma = good_survey();
    const auto part = trial(camera, ground, 400, 5000, 2000);
    errors.insert(errors.end(), part.begin(), part.end());
  }
  const Consistency c = consistency(errors);
  EXPECT_GT(c.placed, 1000u);
  EXPECT_GT(c.median, 1.0);
  EXPECT_LT(c.median, 1.8);
  // The rest stood by the edge of dead ground, where a ray jumps further than one sigma told.
  EXPECT_GT(c.below_9_21, 0.93);
}

}  // namespace
}  // namespace marsad::locate
