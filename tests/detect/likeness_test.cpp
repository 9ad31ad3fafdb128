// SPDX-License-Identifier: Apache-2.0
#include "detect/likeness.h"

#include <gtest/gtest.h>

#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Scene;

TEST(Likeness, TheSameGroundIsTheSamePicture) {
  Scene scene(160, 128);
  scene.clumps = 40;
  Background background(scene.frame().counts);
  background.compare(scene.frame({{80, 60, 20, 10, 900}}).counts, Alignment{});
  EXPECT_FALSE(is_another_picture(background));
}

TEST(Likeness, OtherGroundIsAnotherPicture) {
  Scene scene(160, 128);
  scene.clumps = 40;
  Background background(scene.frame().counts);
  scene.shift_x = 5000;
  background.compare(scene.frame().counts, Alignment{});
  EXPECT_TRUE(is_another_picture(background));
}

TEST(Likeness, NoiseBeforeAnEvenSkyIsTheSamePicture) {
  Scene scene(160, 128);
  Background background(scene.frame().counts);
  background.compare(scene.frame().counts, Alignment{});
  EXPECT_FALSE(is_another_picture(background));
}

}  // namespace
}  // namespace marsad::detect
