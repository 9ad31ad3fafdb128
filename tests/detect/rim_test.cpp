// SPDX-License-Identifier: Apache-2.0
#include "detect/rim.h"

#include <gtest/gtest.h>

#include "scene.h"

namespace marsad::detect {
namespace {

constexpr double kFaint = 3;  // counts; no pixel of it stands out alone
constexpr double kClear = 400;

// What the background says of a thing of 6 by 6 pixels whose middle is at (x, y), with faint
// rims 2 pixels wide, or without, and the box that it is found in.
class Rim : public testing::Test {
 protected:
  Box widened(double rim_contrast, double contrast = kClear) {
    Background background(scene.frame().counts);
    background.compare(scene.frame().counts, {});
    background.start_noise();
    background.compare(
        scene.frame({{x, y, 12, 12, rim_contrast}, {x, y, 6, 6, contrast - rim_contrast}}).counts,
        {});
    return with_rim(box(), contrast > 0, background);
  }
  // With the pixel all around that the mean of 3 by 3 makes of it.
  Box box() const { return {static_cast<int>(x) - 3, static_cast<int>(y) - 3, 8, 8}; }

  void SetUp() override { scene.noise = 2; }

  test::Scene scene;
  double x = 60.5;
  double y = 50.5;
};

TEST_F(Rim, belongs_to_a_thing_before_the_sky) {
  EXPECT_EQ(widened(kFaint), (Box{55, 45, 12, 12}));
}

TEST_F(Rim, of_a_cold_thing_is_cold) {
  EXPECT_EQ(widened(-kFaint, -kClear), (Box{55, 45, 12, 12}));
  EXPECT_EQ(widened(kFaint, -kClear), box());
}

TEST_F(Rim, is_not_told_from_structured_ground) {
  scene.clumps = 60;
  EXPECT_EQ(widened(kFaint), box());
}

TEST_F(Rim, is_none_where_nothing_stands_out_beside_the_box) { EXPECT_EQ(widened(0), box()); }

TEST_F(Rim, ends_at_the_edge_of_the_picture) {
  x = 3.5;
  y = 123.5;
  const Box wide = widened(kFaint);
  EXPECT_EQ(wide.x, 0);
  EXPECT_EQ(wide.y + wide.height, 128);
  EXPECT_EQ(wide.width, 10);
}

}  // namespace
}  // namespace marsad::detect
