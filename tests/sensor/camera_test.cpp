// SPDX-License-Identifier: Apache-2.0
#include "sensor/camera.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace marsad::sensor {
namespace {

using geo::radians;

const CameraModel kModel{640, 512, radians(20)};

TEST(CameraModel, ProjectsARayBackToItsPixel) {
  for (const Pixel pixel : {Pixel{0, 0}, Pixel{639, 511}, Pixel{319.5, 255.5}, Pixel{12.3, 400}}) {
    const auto back = kModel.project(kModel.ray(pixel));
    ASSERT_TRUE(back.has_value());
    EXPECT_NEAR(back->u, pixel.u, 1e-9);
    EXPECT_NEAR(back->v, pixel.v, 1e-9);
  }
  EXPECT_FALSE(kModel.project({0, 0, -1}).has_value());
}

TEST(CameraModel, EdgesOfTheFrameAreHalfTheFieldOfViewApart) {
  const CameraRay left = kModel.ray({-0.5, 255.5});
  EXPECT_NEAR(std::atan2(-left.x, left.z), radians(10), 1e-12);
}

// A wide lens of a thermal camera, one that draws outwards, and one whose lenses are off axis.
const CameraModel kBarrel{
    640, 512, radians(60), Pixel{325.25, 249.5}, {-0.31, 0.12, -0.02, 8e-4, -6e-4}};
const CameraModel kPincushion{640, 512, radians(40), std::nullopt, {0.2, 0.05, 0, 0, 0}};
const CameraModel kOffAxis{1280, 1024, radians(25), Pixel{600, 540}, {-0.1, 0, 0, 5e-3, 4e-3}};

TEST(Distortion, RoundTripIsRightToAMillionthOfAPixelOverTheFrame) {
  for (const CameraModel& model : {kBarrel, kPincushion, kOffAxis}) {
    ASSERT_TRUE(model.is_one_to_one());
    double worst_px = 0;
    for (int i = 0; i <= 80; ++i) {
      for (int j = 0; j <= 64; ++j) {
        const Pixel pixel{model.width_px * i / 80.0 - 0.5, model.height_px * j / 64.0 - 0.5};
        const auto back = model.project(model.ray(pixel));
        ASSERT_TRUE(back.has_value());
        worst_px = std::max(worst_px, std::hypot(back->u - pixel.u, back->v - pixel.v));
      }
    }
    EXPECT_LT(worst_px, 1e-6);
  }
}

TEST(Distortion, MovesAPointAsItsFormulaSays) {
  // By hand: x = 0.4, y = -0.3, r² = 0.25, k1 = -0.2, k2 = 0.08, k3 = 0.016, p1 = 0.01,
  // p2 = -0.02: radial 1 - 0.05 + 0.005 + 0.00025 = 0.95525.
  const Distortion lens{-0.2, 0.08, 0.016, 0.01, -0.02};
  const auto shown = lens.distorted({0.4, -0.3});
  ASSERT_TRUE(shown.has_value());
  EXPECT_NEAR(shown->x, 0.4 * 0.95525 + 2 * 0.01 * 0.4 * -0.3 - 0.02 * (0.25 + 2 * 0.16), 1e-15);
  EXPECT_NEAR(shown->y, -0.3 * 0.95525 + 0.01 * (0.25 + 2 * 0.09) - 2 * 0.02 * 0.4 * -0.3, 1e-15);
}

TEST(Distortion, LeavesTheOpticalAxisWhereItIs) {
  const auto axis = kBarrel.project({0, 0, 1});
  ASSERT_TRUE(axis.has_value());
  EXPECT_NEAR(axis->u, 325.25, 1e-12);
  EXPECT_NEAR(axis->v, 249.5, 1e-12);
  EXPECT_NEAR(kBarrel.ray({325.25, 249.5}).z, 1, 1e-12);
}

TEST(Distortion, ThatFoldsWithinTheFrameIsFoundOut) {
  // r (1 - r² / 3) grows until r = 1 and 2/3: what is shown ends there.
  CameraModel model{640, 512, radians(20), std::nullopt, {-1.0 / 3, 0, 0, 0, 0}};
  const double corner_px = std::hypot(320, 256);
  model.horizontal_fov_rad = horizontal_fov_rad(640, corner_px / 0.66);
  EXPECT_TRUE(model.is_one_to_one());
  model.horizontal_fov_rad = horizontal_fov_rad(640, corner_px / 0.67);
  EXPECT_FALSE(model.is_one_to_one());
  // It grows again further out, and so images every pixel, but some of them twice.
  const CameraModel twice{640, 512, radians(100), std::nullopt, {-0.8, 0.25, 0, 0, 0}};
  EXPECT_FALSE(twice.is_one_to_one());
}

TEST(Distortion, ShowsNothingFromBeyondItsFold) {
  const CameraModel model{640, 512, radians(60), std::nullopt, {-1.0 / 3, 0, 0, 0, 0}};
  // By the polynomial this direction, 60 degrees aside, would lie on the axis.
  EXPECT_FALSE(model.project({std::sqrt(3.0), 0, 1}).has_value());
  EXPECT_TRUE(model.project({0.9, 0, 1}).has_value());
}

TEST(CameraModel, OfAFocalLengthHasItsFieldOfView) {
  const CameraModel model{640, 512, horizontal_fov_rad(640, 1800.0)};
  EXPECT_NEAR(model.focal_px(), 1800, 1e-9);
}

TEST(CameraModel, ResizedShowsTheSameDirectionsAtTheSameShareOfTheFrame) {
  const CameraModel half = kBarrel.resized(320, 256);
  const CameraRay whole_ray = kBarrel.ray({499.5, 99.5}), half_ray = half.ray({249.5, 49.5});
  EXPECT_NEAR(whole_ray.x, half_ray.x, 1e-12);
  EXPECT_NEAR(whole_ray.y, half_ray.y, 1e-12);
}

TEST(Pose, PointsWhereAzimuthAndElevationSay) {
  const Pose east{{}, radians(90), 0, 0};
  EXPECT_NEAR(enu_from_camera(east, {0, 0, 1}).east, 1, 1e-12);
  EXPECT_NEAR(enu_from_camera(east, {1, 0, 0}).north, -1, 1e-12);  // right of east is south
  EXPECT_NEAR(enu_from_camera(east, {0, 1, 0}).up, -1, 1e-12);     // rows go down
  const Pose down{{}, 0, radians(-30), 0};
  EXPECT_NEAR(enu_from_camera(down, {0, 0, 1}).up, -0.5, 1e-12);
  EXPECT_NEAR(enu_from_camera(down, {0, 0, 1}).north, std::cos(radians(30)), 1e-12);
}

TEST(Pose, RollIsClockwiseAsTheCameraSees) {
  const Pose rolled{{}, 0, 0, radians(90)};
  EXPECT_NEAR(enu_from_camera(rolled, {1, 0, 0}).up, -1, 1e-12);    // its right looks down
  EXPECT_NEAR(enu_from_camera(rolled, {0, 1, 0}).east, -1, 1e-12);  // its down looks left
}

TEST(Pose, CameraFromEnuUndoesEnuFromCamera) {
  const Pose pose{{}, radians(213), radians(-4), radians(1.5)};
  const CameraRay ray = kModel.ray({100, 300});
  const CameraRay back = camera_from_enu(pose, enu_from_camera(pose, ray));
  EXPECT_NEAR(back.x, ray.x, 1e-12);
  EXPECT_NEAR(back.y, ray.y, 1e-12);
  EXPECT_NEAR(back.z, ray.z, 1e-12);
}

}  // namespace
}  // namespace marsad::sensor
