// SPDX-License-Identifier: Apache-2.0
#include "locate/sightings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <random>

#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"

namespace marsad::locate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

sensor::Camera tower() {
  sensor::Camera camera = test::camera_at(test::at(0, 0, 40), 30, -1);
  camera.model.distortion = {.k1 = -0.2, .k2 = 0.05};
  camera.sigma = {.position_m = 0, .height_m = 0};
  return camera;
}

// As the camera truly looks: some degrees off what the site says.
sensor::Pose truth(const sensor::Camera& told) {
  sensor::Pose pose = told.pose;
  pose.azimuth_rad += geo::radians(2);
  pose.elevation_rad -= geo::radians(1.5);
  pose.roll_rad += geo::radians(1.2);
  return pose;
}

// Places about the field of view of this pose, and the pixels at which it shows them.
std::vector<Sighting> landmarks(const sensor::CameraModel& model, const sensor::Pose& pose,
                                int count, std::mt19937_64& random, double sigma_px = 0) {
  std::uniform_real_distribution<double> unit(0, 1);
  std::normal_distribution<double> normal;
  std::vector<Sighting> out;
  while (static_cast<int>(out.size()) < count) {
    const double azimuth_deg = geo::degrees(pose.azimuth_rad) + 12 * (unit(random) - 0.5);
    const double range_m = 500 + 5000 * unit(random);
    const double height_m = 250 * (unit(random) - 0.5);
    const double azimuth = geo::radians(azimuth_deg);
    Sighting one;
    one.name = "mark " + std::to_string(out.size() + 1);
    one.place = test::at(range_m * std::sin(azimuth), range_m * std::cos(azimuth), height_m);
    const auto pixel = test::pixel_of(model, pose, one.place);
    if (!pixel || pixel->u < 5 || pixel->u > 634 || pixel->v < 5 || pixel->v > 506) continue;
    one.pixels = {{pixel->u + sigma_px * normal(random), pixel->v + sigma_px * normal(random)}};
    one.sigma_px = std::max(sigma_px, 0.5);
    out.push_back(one);
  }
  return out;
}

void expect_pose(const PointingFit& fit, const sensor::Pose& pose, double within_deg) {
  EXPECT_NEAR(geo::degrees(fit.pose.azimuth_rad), geo::degrees(pose.azimuth_rad), within_deg);
  EXPECT_NEAR(geo::degrees(fit.pose.elevation_rad), geo::degrees(pose.elevation_rad), within_deg);
  EXPECT_NEAR(geo::degrees(fit.pose.roll_rad), geo::degrees(pose.roll_rad), 10 * within_deg);
}

TEST(Sightings, TellThePointingExactlyWhereTheyAreExact) {
  std::mt19937_64 random(1);
  const sensor::Camera camera = tower();
  for (const int count : {2, 3, 7, 40}) {
    const auto fit =
        pointing_from_sightings(camera, landmarks(camera.model, truth(camera), count, random));
    ASSERT_TRUE(fit) << to_string(fit.error());
    expect_pose(*fit, truth(camera), 1e-5);
    EXPECT_LT(fit->residual_rms_px, 1e-3);
    EXPECT_THAT(fit->outliers, IsEmpty());
    EXPECT_EQ(fit->used, static_cast<std::size_t>(count));
  }
}

TEST(Sightings, FindACameraThatLooksTheOtherWay) {
  std::mt19937_64 random(2);
  const sensor::Camera camera = tower();
  sensor::Pose turned = camera.pose;
  turned.azimuth_rad += geo::radians(170);
  turned.roll_rad = geo::radians(-20);
  const auto fit = pointing_from_sightings(camera, landmarks(camera.model, turned, 6, random));
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_NEAR(std::remainder(fit->pose.azimuth_rad - turned.azimuth_rad, 2 * std::numbers::pi), 0,
              1e-6);
  EXPECT_NEAR(fit->pose.roll_rad, turned.roll_rad, 1e-5);
}

TEST(Sightings, TellTheFocalLengthToo) {
  std::mt19937_64 random(3);
  sensor::Camera camera = tower();
  const auto marks = landmarks(camera.model, truth(camera), 12, random);
  const double focal_px = camera.model.focal_px();
  camera.model.horizontal_fov_rad *= 1.04;
  const auto fit = pointing_from_sightings(camera, marks, {.find_focal = true});
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_NEAR(fit->model.focal_px(), focal_px, 0.1);
  EXPECT_GT(fit->focal_sigma_px, 0);
  expect_pose(*fit, truth(camera), 1e-3);
}

TEST(Sightings, NameThoseThatDoNotFit) {
  std::mt19937_64 random(4);
  const sensor::Camera camera = tower();
  auto marks = landmarks(camera.model, truth(camera), 8, random, 0.5);
  marks[2].pixels[0].u = 639 - marks[2].pixels[0].u;
  marks[5].place = test::at(3000, 100, 200);
  const auto fit = pointing_from_sightings(camera, marks);
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_THAT(fit->outliers, ElementsAre("mark 3", "mark 6"));
  expect_pose(*fit, truth(camera), 0.03);
}

TEST(Sightings, AreRefusedWithTheReason) {
  std::mt19937_64 random(5);
  const sensor::Camera camera = tower();
  const auto why = [&](const std::vector<Sighting>& marks, const SightingSettings& settings = {}) {
    const auto fit = pointing_from_sightings(camera, marks, settings);
    return fit ? "" : fit.error().message;
  };
  auto marks = landmarks(camera.model, truth(camera), 4, random);
  EXPECT_THAT(why({}), HasSubstr("0 sightings; expected at least 2"));
  EXPECT_THAT(why({marks[0]}), HasSubstr("1 sighting; expected at least 2"));
  EXPECT_THAT(why({marks[0], marks[1], marks[2]}, {.find_focal = true}),
              HasSubstr("expected at least 4"));
  auto near = marks;
  for (auto& one : near) one = marks[0];
  EXPECT_THAT(why(near), HasSubstr("all in one direction"));
  auto outside = marks;
  outside[1].pixels[0].u = 640;
  EXPECT_THAT(why(outside), HasSubstr("mark 2 is at pixel 640"));
  auto here = marks;
  here[1].place = camera.pose.position;
  EXPECT_THAT(why(here), HasSubstr("mark 2 is where the camera stands"));
  auto many = marks;
  many[1].pixels.resize(3000);
  EXPECT_THAT(why(many), HasSubstr("3003 pixels; expected 3000 at most"));
  auto mixed = marks;
  std::swap(mixed[0].pixels, mixed[1].pixels);
  std::swap(mixed[2].pixels, mixed[3].pixels);
  EXPECT_THAT(why(mixed), HasSubstr("sightings fit one pointing"));
}

// Drives across the picture; other things are detected too, and the car is missed now and then.
std::vector<Sighting> drive(const sensor::CameraModel& model, const sensor::Pose& pose,
                            std::mt19937_64& random, int fixes) {
  std::uniform_real_distribution<double> unit(0, 1);
  std::normal_distribution<double> normal;
  std::vector<Sighting> out;
  for (int i = 0; i < fixes; ++i) {
    const double along = (i + 0.5) / fixes - 0.5;
    Sighting one;
    one.name = "fix " + std::to_string(i);
    const double azimuth = pose.azimuth_rad + geo::radians(10 * along);
    const double range_m = 1500 + 900 * std::sin(7 * along);
    one.place = test::at(range_m * std::sin(azimuth), range_m * std::cos(azimuth), -20 * along);
    one.place_cov_m2 = {4, 0, 4};
    one.height_sigma_m = 0.7;
    one.sigma_px = 0.8;
    geo::Geodetic there = test::at(range_m * std::sin(azimuth) + 2 * normal(random),
                                   range_m * std::cos(azimuth) + 2 * normal(random),
                                   -20 * along + 0.7 * normal(random));
    const auto pixel = test::pixel_of(model, pose, there);
    if (unit(random) < 0.85) {
      one.pixels.push_back({pixel->u + 0.8 * normal(random), pixel->v + 0.8 * normal(random)});
    }
    for (int k = 0; k < 3; ++k) one.pixels.push_back({639 * unit(random), 511 * unit(random)});
    out.push_back(one);
  }
  return out;
}

TEST(Sightings, OfAnOwnVehicleNeedNotSayWhichDetectionItWas) {
  std::mt19937_64 random(6);
  const sensor::Camera camera = tower();
  for (int i = 0; i < 5; ++i) {
    const auto fixes = drive(camera.model, truth(camera), random, 30);
    const auto fit = pointing_from_sightings(camera, fixes, {.most_turned_rad = geo::radians(5)});
    ASSERT_TRUE(fit) << to_string(fit.error());
    expect_pose(*fit, truth(camera), 0.08);
    EXPECT_GE(fit->used, 20u);
  }
}

TEST(Sightings, OfNothingButStrangersAreRefused) {
  std::mt19937_64 random(7);
  const sensor::Camera camera = tower();
  auto fixes = drive(camera.model, truth(camera), random, 20);
  std::uniform_real_distribution<double> unit(0, 1);
  for (Sighting& one : fixes) {
    for (sensor::Pixel& pixel : one.pixels) pixel = {639 * unit(random), 511 * unit(random)};
  }
  EXPECT_FALSE(pointing_from_sightings(camera, fixes, {.most_turned_rad = geo::radians(5)}));
}

// Error over told covariance, squared: of azimuth, elevation and roll together.
double nees(const PointingFit& fit, const sensor::Pose& pose) {
  sensor::Camera told;
  told.pose = pose;
  return compare(told, fit).distance2;
}

TEST(Sightings, LeaveTheErrorTheyTell) {
  std::mt19937_64 random(8);
  std::normal_distribution<double> normal;
  sensor::Camera camera = tower();
  camera.sigma.position_m = 1.5;
  camera.sigma.height_m = 1;
  double sum = 0;
  int beyond = 0;
  constexpr int kTrials = 600;
  for (int i = 0; i < kTrials; ++i) {
    sensor::Pose pose = truth(camera);
    pose.position = test::at(1.5 * normal(random), 1.5 * normal(random), 40 + normal(random));
    auto marks = landmarks(camera.model, pose, 6, random, 0.7);
    for (Sighting& one : marks) {
      const geo::Enu off{1.2 * normal(random), 1.2 * normal(random), 0.6 * normal(random)};
      one.place = geo::LocalFrame(one.place).to_geodetic(off);
      one.place_cov_m2 = {1.44, 0, 1.44};
      one.height_sigma_m = 0.6;
    }
    const auto fit = pointing_from_sightings(camera, marks);
    ASSERT_TRUE(fit) << to_string(fit.error());
    const double error2 = nees(*fit, pose);
    sum += error2;
    beyond += error2 > 11.34;  // one in a hundred
  }
  std::cout << "NEES mean " << sum / kTrials << ", beyond 99 %: " << beyond << " of " << kTrials
            << '\n';
  // Three unknowns. What places across and along the picture share is told by the larger of both.
  EXPECT_GT(sum / kTrials, 2.0);
  EXPECT_LT(sum / kTrials, 3.3);
  EXPECT_LT(beyond, 14);
}

TEST(Aim, FitsWithinItsErrorsAndElseTellsByHowMuchItMoved) {
  std::mt19937_64 random(9);
  sensor::Camera camera = tower();
  camera.sigma.azimuth_rad = camera.sigma.elevation_rad = geo::radians(0.05);
  camera.sigma.roll_rad = geo::radians(0.1);
  sensor::Pose near = camera.pose;
  near.azimuth_rad += geo::radians(0.06);
  const auto fits =
      compare(camera, *pointing_from_sightings(camera, landmarks(camera.model, near, 6, random)));
  EXPECT_EQ(fits.aim, Aim::fits);
  const auto moved = compare(
      camera, *pointing_from_sightings(camera, landmarks(camera.model, truth(camera), 6, random)));
  EXPECT_EQ(moved.aim, Aim::moved);
  EXPECT_NEAR(geo::degrees(moved.azimuth_rad), 2, 1e-3);
  EXPECT_NEAR(geo::degrees(moved.turned_rad), 2.5, 0.01);
  EXPECT_NEAR(geo::degrees(moved.turned_sigma_rad), 0.05, 0.02);
}

}  // namespace
}  // namespace marsad::locate
