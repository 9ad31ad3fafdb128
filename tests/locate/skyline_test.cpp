// SPDX-License-Identifier: Apache-2.0
#include "locate/skyline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <random>

#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"
#include "tests/support/skyline_picture.h"

namespace marsad::locate {
namespace {

using testing::HasSubstr;

const terrain::Elevation& hills() {
  static const terrain::Elevation ground = test::made_terrain(16'000, 60, [](double e, double n) {
    return 90 * std::sin(e / 1100 + 0.7) * std::cos(n / 900) + 60 * std::sin(n / 2300 + e / 1900) +
           15 * std::sin(e / 260) * std::sin(n / 310);
  });
  return ground;
}

// Looks over the hills, the horizon in the upper half of its picture.
sensor::Camera tower() {
  sensor::Camera camera = test::camera_at(test::at(300, -200, 150), 40, -0.8);
  camera.sigma = {.position_m = 0, .height_m = 0};
  return camera;
}

sensor::Pose turned(sensor::Pose pose, double azimuth_deg, double elevation_deg, double roll_deg) {
  pose.azimuth_rad += geo::radians(azimuth_deg);
  pose.elevation_rad += geo::radians(elevation_deg);
  pose.roll_rad += geo::radians(roll_deg);
  return pose;
}

// The made ground is known exactly.
const SkylineSettings kExact{.max_range_m = 15'000, .elevation_sigma_m = 0};

test::SkylinePaint paint(std::uint64_t seed = 1) {
  return {.seed = seed, .max_range_m = kExact.max_range_m};
}

void expect_pose(const base::Result<SkylineFit>& fit, const sensor::Pose& pose, double within_deg) {
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_NEAR(geo::degrees(fit->pointing.pose.azimuth_rad), geo::degrees(pose.azimuth_rad),
              within_deg);
  EXPECT_NEAR(geo::degrees(fit->pointing.pose.elevation_rad), geo::degrees(pose.elevation_rad),
              within_deg);
  EXPECT_NEAR(geo::degrees(fit->pointing.pose.roll_rad), geo::degrees(pose.roll_rad),
              3 * within_deg);
}

TEST(Skyline, TellsAPointingThatTheSiteHasTwoDegreesWrong) {
  const sensor::Camera camera = tower();
  for (const double sign : {-1.0, 1.0}) {
    const sensor::Pose truth = turned(camera.pose, 2 * sign, -1.1 * sign, 1.4);
    const auto picture = test::skyline_picture(camera.model, truth, hills(), paint());
    const auto fit = pointing_from_skyline(camera, hills(), picture, kExact);
    expect_pose(fit, truth, 0.005);
    EXPECT_LT(geo::degrees(fit->pointing.azimuth_sigma_rad()), 0.02);
    EXPECT_GT(fit->share, 0.95);
    EXPECT_EQ(fit->sky, Sky::colder);
  }
}

TEST(Skyline, MayBeWarmerAboveThanBelowAndOfEightBits) {
  sensor::Camera camera = tower();
  camera.model.distortion = {.k1 = -0.3};
  const sensor::Pose truth = turned(camera.pose, -1.5, 0.3, -1);
  const test::SkylinePaint warm{
      .sky = 120, .ground = 100, .noise = 1, .most = 255, .max_range_m = kExact.max_range_m};
  const auto picture = test::skyline_picture(camera.model, truth, hills(), warm);
  const auto fit = pointing_from_skyline(camera, hills(), picture, kExact);
  expect_pose(fit, truth, 0.005);
  EXPECT_EQ(fit->sky, Sky::warmer);
}

TEST(Skyline, IsFoundBehindAMastBelowACloudAndWithoutSkyOnOneSide) {
  const sensor::Camera camera = tower();
  const sensor::Pose truth = turned(camera.pose, 1.7, 0.4, 0.5);
  auto picture = test::skyline_picture(camera.model, truth, hills(), paint());
  for (int y = 0; y < 512; ++y) {
    for (int x = 200; x < 216; ++x) picture.at(x, y) = 3600;  // a mast
    for (int x = 500; x < 640; ++x) picture.at(x, y) = 3400;  // a wall
    if (y < 60 || y > 110) continue;
    for (int x = 20; x < 300; ++x) {  // a cloud
      if (picture.at(x, y) < 3200) picture.at(x, y) = 3300;
    }
  }
  expect_pose(pointing_from_skyline(camera, hills(), picture, kExact), truth, 0.01);
}

TEST(Skyline, ThatIsFlatTellsElevationAndThatItDoesNotTellAzimuth) {
  const auto sea = test::flat_terrain(20'000);
  sensor::Camera camera = test::camera_at(test::at(0, 0, 40), 40, -0.5);
  camera.sigma = {.position_m = 0, .height_m = 0};
  const sensor::Pose truth = turned(camera.pose, 2, 0.7, 0.6);
  const auto picture = test::skyline_picture(camera.model, truth, sea, paint());
  const auto fit = pointing_from_skyline(camera, sea, picture, kExact);
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_GT(geo::degrees(fit->pointing.azimuth_sigma_rad()), 1);
  EXPECT_NEAR(geo::degrees(fit->pointing.pose.elevation_rad), geo::degrees(truth.elevation_rad),
              0.05);
  EXPECT_NEAR(geo::degrees(fit->pointing.pose.roll_rad), geo::degrees(truth.roll_rad), 0.2);
}

TEST(Skyline, IsRefusedWithTheReason) {
  const sensor::Camera camera = tower();
  const auto why = [&](const video::Image<std::uint16_t>& picture) {
    const auto fit = pointing_from_skyline(camera, hills(), picture, kExact);
    return fit ? "" : fit.error().message;
  };
  EXPECT_THAT(why(video::Image<std::uint16_t>(320, 256)), HasSubstr("expected 640 by 512"));
  EXPECT_THAT(why(video::Image<std::uint16_t>(640, 512, 3000)), HasSubstr("no edge"));
  // Noise alone, and a skyline of elsewhere.
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal;
  video::Image<std::uint16_t> noise(640, 512);
  for (auto& count : noise.pixels()) {
    count = static_cast<std::uint16_t>(3000 + 20 * normal(random));
  }
  EXPECT_NE(why(noise), "");
  const auto elsewhere =
      test::skyline_picture(camera.model, turned(camera.pose, 120, 0, 0), hills(), paint());
  EXPECT_THAT(why(elsewhere), HasSubstr("no pointing within 3.0 degrees"));
  // Nor does ground that is unknown tell anything.
  const auto unknown = test::made_terrain(
      5000, 100, [](double, double) { return std::numeric_limits<double>::quiet_NaN(); });
  EXPECT_THAT(pointing_from_skyline(camera, unknown, elsewhere, kExact).error().message,
              HasSubstr("no ground in this direction"));
}

TEST(Skyline, LeavesTheErrorItTells) {
  double sum = 0;
  int told = 0, far = 0;
  for (int i = 0; i < 8; ++i) {
    sensor::Camera camera = tower();
    camera.pose.azimuth_rad += geo::radians(45 * i);
    camera.sigma.position_m = 5;
    camera.sigma.height_m = 3;
    std::mt19937_64 random(static_cast<std::uint64_t>(i));
    std::normal_distribution<double> normal;
    sensor::Pose truth = turned(camera.pose, normal(random), 0.5 * normal(random), normal(random));
    truth.position = geo::LocalFrame(truth.position)
                         .to_geodetic({5 * normal(random), 5 * normal(random), 3 * normal(random)});
    const auto picture =
        test::skyline_picture(camera.model, truth, hills(), paint(static_cast<std::uint64_t>(i)));
    const auto fit = pointing_from_skyline(camera, hills(), picture, kExact);
    if (!fit) continue;
    ++told;
    sensor::Camera true_camera = camera;
    true_camera.pose = truth;
    true_camera.sigma = {};
    const double nees = compare(true_camera, fit->pointing).distance2;
    sum += nees;
    far += nees > 16.27;
  }
  std::cout << "NEES mean " << sum / told << " of " << told << '\n';
  EXPECT_GE(told, 7);
  EXPECT_LT(sum / told, 6.6);  // of 7 with three unknowns, beyond it once in 1000 times
  EXPECT_EQ(far, 0);
}

TEST(Skyline, OfAnElevationModelWithErrorsTellsHowFarTheyReach) {
  // What the camera sees, against the model: hills off by 3 m here and there.
  const auto real = test::made_terrain(16'000, 60, [](double e, double n) {
    return 90 * std::sin(e / 1100 + 0.7) * std::cos(n / 900) + 60 * std::sin(n / 2300 + e / 1900) +
           15 * std::sin(e / 260) * std::sin(n / 310) + 4 * std::sin(e / 97 + n / 83) -
           3 * std::cos(n / 111 - e / 131);
  });
  SkylineSettings settings = kExact;
  settings.elevation_sigma_m = 3;
  for (const double azimuth_deg : {0.0, 70.0, 200.0}) {
    const sensor::Camera camera = [&] {
      sensor::Camera c = tower();
      c.pose.azimuth_rad += geo::radians(azimuth_deg);
      return c;
    }();
    const sensor::Pose truth = turned(camera.pose, -2, 0.4, 1);
    const auto picture = test::skyline_picture(camera.model, truth, real, paint());
    const auto fit = pointing_from_skyline(camera, hills(), picture, settings);
    ASSERT_TRUE(fit) << to_string(fit.error());
    sensor::Camera true_camera = camera;
    true_camera.pose = truth;
    true_camera.sigma = {};
    EXPECT_LT(compare(true_camera, fit->pointing).distance2, 16.27) << azimuth_deg;
    EXPECT_LT(geo::degrees(fit->pointing.azimuth_sigma_rad()), 0.2);
  }
}

TEST(Skyline, OfRealHillsTellsThePointing) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic position = test::highest_in_the_middle(*ground);
  position.height_m += 20;
  sensor::Camera camera = test::camera_at(position, 200, -1.5);
  camera.model.horizontal_fov_rad = geo::radians(20);
  camera.sigma = {.position_m = 0, .height_m = 0};
  const sensor::Pose truth = turned(camera.pose, -2, 0.6, -0.8);
  const auto picture = test::skyline_picture(camera.model, truth, *ground, paint());
  expect_pose(pointing_from_skyline(camera, *ground, picture, kExact), truth, 0.03);
}

TEST(SkyEdges, AreToldToATenthOfAPixel) {
  for (const double row : {100.0, 200.25, 299.5}) {
    video::Image<std::uint16_t> picture(32, 400);
    for (int y = 0; y < 400; ++y) {
      const double share = std::clamp(y + 0.5 - row, 0.0, 1.0);
      for (int x = 0; x < 32; ++x) {
        picture.at(x, y) = static_cast<std::uint16_t>(std::lround(1000 + 800 * share));
      }
    }
    const auto edges = sky_edges(picture, Sky::colder);
    ASSERT_EQ(edges[10].size(), 1u);
    EXPECT_NEAR(edges[10][0].v_px, row, 0.1);
    EXPECT_TRUE(sky_edges(picture, Sky::warmer)[10].empty());
  }
}

}  // namespace
}  // namespace marsad::locate
