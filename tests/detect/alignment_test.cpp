// SPDX-License-Identifier: Apache-2.0
#include "detect/alignment.h"

#include <gtest/gtest.h>

#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Scene;

video::Image<float> as_background(const video::Frame& frame) {
  video::Image<float> background(frame.counts.width(), frame.counts.height());
  std::copy(frame.counts.pixels().begin(), frame.counts.pixels().end(),
            background.pixels().begin());
  return background;
}

TEST(Aligner, FindsShiftGainAndOffset) {
  Scene scene;
  scene.texture = 100;
  const video::Frame first = scene.frame();
  const Aligner aligner(as_background(first), live_part(first.counts));
  for (const auto& [x, y] : {std::pair{0.0, 0.0}, {0.4, -0.3}, {1.5, 1.5}, {-2.2, 3.1}}) {
    scene.shift_x = x;
    scene.shift_y = y;
    scene.gain = 1.2;
    scene.offset = -900;
    const auto found = aligner.align(scene.frame().counts, Alignment{});
    ASSERT_TRUE(found);
    // What lay at p lies at p - shift.
    EXPECT_NEAR(found->shift_x_px, -x, 0.05);
    EXPECT_NEAR(found->shift_y_px, -y, 0.05);
    // Between pixels the frame is smoother than the background, which looks like less gain.
    EXPECT_NEAR(found->gain, 1.2, 0.06);
    EXPECT_NEAR(found->gain * 7000 + found->offset, 1.2 * 7000 - 900, 2);
  }
}

TEST(Aligner, InventsNoMotionWhereThereIsNothingToSee) {
  Scene scene;
  const video::Frame first = scene.frame();
  const Aligner aligner(as_background(first), live_part(first.counts));
  for (int i = 0; i < 20; ++i) {
    const auto found = aligner.align(scene.frame().counts, Alignment{});
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->shift_x_px, 0, 0.25);
    EXPECT_NEAR(found->shift_y_px, 0, 0.25);
    EXPECT_NEAR(found->gain, 1, 0.2);
  }
}

TEST(Aligner, IsNotDraggedAlongByAMover) {
  Scene scene;
  scene.texture = 60;
  const video::Frame first = scene.frame();
  const Aligner aligner(as_background(first), live_part(first.counts));
  const auto found = aligner.align(scene.frame({{60, 60, 40, 30, 400}}).counts, Alignment{});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->shift_x_px, 0, 0.1);
  EXPECT_NEAR(found->shift_y_px, 0, 0.1);
  EXPECT_NEAR(found->offset + found->gain * 7000, 7000, 20);
}

TEST(LivePart, LeavesOutEvenBorders) {
  Scene scene(100, 80);
  video::Frame frame = scene.frame();
  for (int y = 0; y < 80; ++y)
    for (int x = 0; x < 100; ++x)
      if (x < 10 || x >= 95 || y < 3) frame.counts.at(x, y) = 16;
  EXPECT_EQ(live_part(frame.counts), (Box{10, 3, 85, 77}));
}

TEST(LivePart, IsAllOfAnEvenPicture) {
  EXPECT_EQ(live_part(video::Image<std::uint16_t>(40, 30, 7)), (Box{0, 0, 40, 30}));
}

}  // namespace
}  // namespace marsad::detect
