// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>

#include "geo/distance2.h"
#include "geo/local_frame.h"
#include "locate/locator.h"
#include "terrain/ray.h"
#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"

namespace marsad::locate {
namespace {

using test::at;

constexpr double kSigma_px = 0.2;
const LocatorSettings kSettings{
    .max_range_m = 9000, .elevation_sigma_m = 1, .foot_sigma_px = 0.7, .size_sigma = 0};

sensor::Camera surveyed(double height_m) {
  sensor::Camera camera = test::camera_at(at(0, 0, height_m), 20, -1);
  camera.sigma = {.azimuth_rad = 0.0006,
                  .elevation_rad = 0.0006,
                  .roll_rad = 0,
                  .position_m = 0.5,
                  .height_m = 0.5};
  return camera;
}

// What the camera reports of a mover whose foot it shows where somebody at this place stands.
struct Told {
  sensor::Pixel pixel;
  Plot plot;
};
Told told_of(const sensor::Camera& camera, const std::shared_ptr<const terrain::Elevation>& ground,
             double range_m, double height_m) {
  const double azimuth = camera.pose.azimuth_rad;
  auto pixel =
      *test::pixel_of(camera.model, camera.pose,
                      at(range_m * std::sin(azimuth), range_m * std::cos(azimuth), height_m));
  pixel.v = std::floor(pixel.v) + 0.5;  // where a box can end
  const auto frame = test::frame_of(camera, {test::standing_at(pixel, kSigma_px)});
  return {pixel, Locator(camera, ground, kSettings).locate(frame)[0]};
}

// The second moment of a mover's place about the plot's, and its kurtosis by the plot's covariance.
struct Moments {
  geo::CovEn about_m2;
  double kurtosis = 0;
};

double gaussian(double off, double sigma) { return std::exp(-off * off / (2 * sigma * sigma)); }

// By Bayes' rule and nothing else: places all over the ground ahead, from cameras all heights up
// and down and drawn to be as far aside as told; each counts by its area and by how likely the
// camera, turned by its own errors, shows it at the pixel, where the true camera sees it.
Moments by_trying_all(const sensor::Camera& camera, const terrain::Elevation& ground,
                      const Told& told) {
  const sensor::PoseSigma& sigma = camera.sigma;
  const double focal = camera.model.focal_px();
  const double sigma_u_px = std::hypot(kSigma_px, focal * sigma.azimuth_rad);
  const double sigma_v_px = std::hypot(kSettings.foot_sigma_px, focal * sigma.elevation_rad);
  const double height_sigma_m = std::hypot(sigma.height_m, kSettings.elevation_sigma_m);
  const geo::LocalFrame frame(camera.pose.position), here(*told.plot.place);
  const geo::CovEn cov = told.plot.cov_m2 + told.plot.bias_cov_m2;
  std::mt19937_64 random(5);
  std::normal_distribution<double> normal;
  double sum = 0, squares2 = 0;
  geo::CovEn moment;
  constexpr double kStep = 1e-4;
  const auto on_ground = [&](double x_m, double azimuth_rad) {
    geo::Geodetic place =
        frame.to_geodetic({x_m * std::sin(azimuth_rad), x_m * std::cos(azimuth_rad), 0});
    place.height_m = *ground.height_m(place.lat_rad, place.lon_rad);
    return place;
  };
  for (double x_m = 100; x_m < kSettings.max_range_m; x_m *= 1 + kStep) {
    // Nothing is seen here by errors that happen.
    const auto middle =
        test::pixel_of(camera.model, camera.pose, on_ground(x_m, camera.pose.azimuth_rad));
    constexpr double kNever = 6;
    if (!middle || std::abs(middle->v - told.pixel.v) >
                       kNever * std::hypot(sigma_v_px, focal * height_sigma_m / x_m)) {
      continue;
    }
    // Aside by no more than errors can make of it, and counted for being drawn more in the middle.
    const double beside_rad = 1.3 * std::hypot(sigma_u_px / focal, sigma.position_m / x_m);
    const int draws = static_cast<int>(100'000 / x_m);
    for (int i = 0; i < draws; ++i) {
      const double drawn = normal(random);
      const geo::Geodetic mover = on_ground(x_m, camera.pose.azimuth_rad + drawn * beside_rad);
      const double lift = 4.5 * ((2 * i + 1.0) / draws - 1);
      sensor::Pose truth = camera.pose;
      truth.position =
          frame.to_geodetic({sigma.position_m * normal(random), sigma.position_m * normal(random),
                             height_sigma_m * lift});
      const auto shown = test::pixel_of(camera.model, truth, mover);
      if (!shown) continue;
      const double weight = x_m * kStep * x_m * beside_rad / draws * gaussian(lift, 1) /
                            gaussian(drawn, 1) * gaussian(shown->u - told.pixel.u, sigma_u_px) *
                            gaussian(shown->v - told.pixel.v, sigma_v_px);
      if (weight < 1e-9 || !line_of_sight(ground, truth.position, mover)) continue;
      const geo::Enu off = here.to_enu(mover);
      sum += weight;
      moment = moment + geo::CovEn{weight * off.east * off.east, weight * off.east * off.north,
                                   weight * off.north * off.north};
      const double square = geo::distance2(off.east, off.north, cov);
      squares2 += weight * square * square;
    }
  }
  return {{moment.ee / sum, moment.en / sum, moment.nn / sum}, squares2 / sum};
}

void expect_told(const sensor::Camera& camera,
                 const std::shared_ptr<const terrain::Elevation>& ground, const Told& told) {
  ASSERT_TRUE(told.plot.place.has_value());
  const Moments all = by_trying_all(camera, *ground, told);
  const geo::Ellipse tried = geo::ellipse(all.about_m2);
  const geo::Ellipse ellipse = geo::ellipse(told.plot.cov_m2 + told.plot.bias_cov_m2);
  EXPECT_NEAR(ellipse.major_m, tried.major_m, 0.03 * tried.major_m);
  EXPECT_NEAR(ellipse.minor_m, tried.minor_m, 0.03 * tried.minor_m);
  EXPECT_NEAR(std::sin(ellipse.azimuth_rad - tried.azimuth_rad), 0, 0.02);
  EXPECT_NEAR(told.plot.kurtosis, all.kurtosis, 0.05 * all.kurtosis);
}

TEST(Posterior, IsAsWideAndAsLongTailedOnLevelGroundAsTold) {
  const auto ground = std::make_shared<const terrain::Elevation>(test::flat_terrain(10'000));
  const sensor::Camera camera = surveyed(40);
  for (const double range_m : {1000.0, 4000.0}) {
    SCOPED_TRACE(range_m);
    expect_told(camera, ground, told_of(camera, ground, range_m, 0));
  }
  EXPECT_NEAR(told_of(camera, ground, 500, 0).plot.kurtosis, kGaussianKurtosis, 0.1);
}

TEST(Posterior, IsAsWideAndAsLongTailedAboutACrestAsTold) {
  const auto ground = std::make_shared<const terrain::Elevation>(
      test::made_terrain(10'000, 30, [](double, double north) {
        if (north > 1500) return std::max(40.0, 60 - (north - 1500) / 5);
        return std::max(0.0, 60 - (1500 - north) / 5);
      }));
  const sensor::Camera camera = surveyed(90);
  // Well below the crest, where ground behind it is a few sigmas off, near its top, and behind it.
  double longest = 0;
  for (const double height_m : {54.0, 55.0, 58.0}) {
    SCOPED_TRACE(height_m);
    const double north_m = 1500 - 5 * (60 - height_m);
    const Told told =
        told_of(camera, ground, north_m / std::cos(camera.pose.azimuth_rad), height_m);
    expect_told(camera, ground, told);
    longest = std::max(longest, told.plot.kurtosis);
  }
  EXPECT_GT(longest, 10 * kGaussianKurtosis);
  expect_told(camera, ground, told_of(camera, ground, 3500, 40));
}

}  // namespace
}  // namespace marsad::locate
