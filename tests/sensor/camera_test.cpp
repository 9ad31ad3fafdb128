// SPDX-License-Identifier: Apache-2.0
#include "sensor/camera.h"

#include <gtest/gtest.h>

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
