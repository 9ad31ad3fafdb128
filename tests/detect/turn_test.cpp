// SPDX-License-Identifier: Apache-2.0
#include "detect/turn.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/geodetic.h"

namespace marsad::detect {
namespace {

using geo::radians;
using sensor::Pose;

constexpr sensor::CameraModel kModel{640, 512, 0.2};
const Place kMiddle = middle_of(640, 512);

Pose looking(double azimuth_deg, double elevation_deg, double roll_deg = 0) {
  return {{}, radians(azimuth_deg), radians(elevation_deg), radians(roll_deg)};
}

// Where a camera shows a direction; it must be before it.
Place shown(const Pose& pose, geo::Enu direction) {
  const auto pixel = kModel.project(camera_from_enu(pose, direction));
  return {pixel->u, pixel->v};
}

TEST(TurnBetween, IsNothingWhereTheCameraDidNotTurn) {
  Pose elsewhere = looking(40, -2, 1);
  elsewhere.position.height_m = 100;
  EXPECT_EQ(turn_between(looking(40, -2, 1), elsewhere, kModel), Similarity{});
}

TEST(TurnBetween, ALevelTurnShiftsByTheFocalLengthTimesTheTangent) {
  const auto turn = turn_between(looking(10, 0), looking(13, 0), kModel);
  ASSERT_TRUE(turn);
  // In the middle of what both show, half the angle lies on either side.
  EXPECT_NEAR(turn->shift_x_px, -2 * kModel.focal_px() * std::tan(radians(1.5)), 1e-6);
  EXPECT_NEAR(turn->shift_y_px, 0, 1e-6);
  EXPECT_NEAR(turn->rotation_rad, 0, 1e-6);
  EXPECT_NEAR(turn->scale, 1, 1e-6);
}

TEST(TurnBetween, LookingUpMovesThePictureDown) {
  const auto turn = turn_between(looking(10, -3), looking(10, -2.5), kModel);
  ASSERT_TRUE(turn);
  EXPECT_NEAR(turn->shift_y_px, 2 * kModel.focal_px() * std::tan(radians(0.25)), 1e-6);
}

TEST(TurnBetween, RollTurnsThePictureTheOtherWay) {
  const auto turn = turn_between(looking(10, -3), looking(10, -3, 4), kModel);
  ASSERT_TRUE(turn);
  EXPECT_NEAR(turn->rotation_rad, radians(-4), 1e-6);
  EXPECT_NEAR(turn->shift_x_px, 0, 1e-6);
  EXPECT_NEAR(turn->shift_y_px, 0, 1e-6);
}

TEST(TurnBetween, GoesTheShortWayThroughNorth) {
  const auto turn = turn_between(looking(359.5, -3), looking(0.5, -3), kModel);
  ASSERT_TRUE(turn);
  EXPECT_NEAR(turn->shift_x_px, -kModel.focal_px() * radians(1) * std::cos(radians(3)), 0.1);
}

TEST(TurnBetween, HoldsForWhatBothPicturesShow) {
  const Pose before = looking(100, -4, 1);
  const Pose now = looking(104, -5, -2);
  const auto turn = turn_between(before, now, kModel);
  ASSERT_TRUE(turn);
  for (double azimuth_deg : {100.0, 102.0, 104.0}) {
    for (double elevation_deg : {-6.0, -4.5, -3.0}) {
      const geo::Enu direction = enu_from_camera(looking(azimuth_deg, elevation_deg), {});
      const Place expected = shown(now, direction);
      EXPECT_LT(std::abs(apply(*turn, kMiddle, shown(before, direction)) - expected), 2.5)
          << azimuth_deg << " " << elevation_deg;
    }
  }
}

TEST(TurnBetween, IsNoneWhereLittleOrNothingIsShared) {
  EXPECT_TRUE(turn_between(looking(0, 0), looking(8, 0), kModel));
  EXPECT_FALSE(turn_between(looking(0, 0), looking(10, 0), kModel));
  EXPECT_FALSE(turn_between(looking(0, 0), looking(90, 0), kModel));
  EXPECT_FALSE(turn_between(looking(0, 0), looking(180, 0), kModel));
  EXPECT_FALSE(turn_between(looking(0, -90), looking(0, 90), kModel));
}

TEST(PoseGuess, MovesTheLastSimilarityOnByTheTurn) {
  video::Frame frame;
  frame.counts = video::Image<std::uint16_t>(640, 512);
  PoseGuess guess(kModel.horizontal_fov_rad);
  const Similarity last{3, -2, 0.01, 1};
  frame.pose = looking(10, 0);
  EXPECT_EQ(guess.expected(frame, last), last);  // none before it
  guess.fits(frame);
  EXPECT_EQ(guess.expected(frame, last), last);
  frame.pose = looking(11, 0);
  const auto moved = guess.expected(frame, last);
  ASSERT_TRUE(moved);
  EXPECT_NEAR(moved->shift_x_px, 3 - kModel.focal_px() * radians(1), 0.1);
  EXPECT_NEAR(moved->rotation_rad, 0.01, 1e-6);
  frame.pose = looking(40, 0);
  EXPECT_FALSE(guess.expected(frame, last));
  EXPECT_EQ(PoseGuess(std::nullopt).expected(frame, last), last);
  frame.pose = std::nullopt;
  EXPECT_EQ(guess.expected(frame, last), last);
}

}  // namespace
}  // namespace marsad::detect
