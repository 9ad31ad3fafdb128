// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target.h"

#include <gtest/gtest.h>

#include <cmath>

#include "detect/confirmation.h"
#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Blob;
using test::Scene;

SmallTargetSettings of_14_bit() {
  SmallTargetSettings settings;
  settings.least_contrast = 10;
  return settings;
}

bool holds(const Box& box, double x, double y) {
  return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
}

TEST(SmallTargets, AreFoundFromTwoPixelsToFortyByThirtyHotAndCold) {
  for (const double sign : {1.0, -1.0}) {
    for (const auto& [width, height] :
         {std::pair{2.0, 2.0}, {4.0, 3.0}, {8.0, 8.0}, {16.0, 10.0}, {40.0, 30.0}}) {
      Scene scene(320, 256);
      const auto frame = scene.frame({{150, 120, width, height, sign * 400}});
      const auto found = find_small_targets(frame.counts, of_14_bit());
      ASSERT_EQ(found.size(), 1U) << width << " by " << height << ", " << sign;
      EXPECT_NEAR(found[0].centroid.u, 150, 1);
      EXPECT_NEAR(found[0].centroid.v, 120, 1);
      EXPECT_NEAR(found[0].box.width, width, 2);
      EXPECT_NEAR(found[0].box.height, height, 2);
      EXPECT_GT(sign * found[0].contrast, 200);
    }
  }
}

TEST(SmallTargets, AreNotSeenInNoise) {
  Scene scene(320, 256);
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(find_small_targets(scene.frame().counts, of_14_bit()).empty()) << i;
}

TEST(SmallTargets, AreNotSeenInAnEvenOrATinyPicture) {
  EXPECT_TRUE(find_small_targets(video::Image<std::uint16_t>(320, 256, 7000), {}).empty());
  EXPECT_TRUE(find_small_targets(video::Image<std::uint16_t>(5, 3, 7000), {}).empty());
  EXPECT_TRUE(find_small_targets(video::Image<std::uint16_t>(), {}).empty());
}

// Warm ground below a slanting skyline.
video::Frame before_sky(Scene& scene, const std::vector<Blob>& blobs) {
  video::Frame frame = scene.frame(blobs);
  for (int y = 0; y < frame.counts.height(); ++y)
    for (int x = 0; x < frame.counts.width(); ++x)
      if (y > 170 + 0.1 * x)
        frame.counts.at(x, y) = static_cast<std::uint16_t>(frame.counts.at(x, y) + 900);
  return frame;
}

TEST(SmallTargets, ASkylineIsNone) {
  Scene scene(320, 256);
  EXPECT_TRUE(find_small_targets(before_sky(scene, {}).counts, of_14_bit()).empty());
}

TEST(SmallTargets, ABirdAboveASkylineIsOne) {
  Scene scene(320, 256);
  const auto found =
      find_small_targets(before_sky(scene, {{100, 140, 5, 3, 200}}).counts, of_14_bit());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(holds(found[0].box, 100, 140));
}

TEST(SmallTargets, TheStrongestComesFirstAndEachOnce) {
  Scene scene(320, 256);
  const auto found = find_small_targets(
      scene.frame({{60, 60, 4, 4, 200}, {200, 100, 12, 9, 900}}).counts, of_14_bit());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(holds(found[0].box, 200, 100));
  EXPECT_TRUE(holds(found[1].box, 60, 60));
  EXPECT_GE(found[0].snr, found[1].snr);
}

TEST(SmallTargets, TheirRunsAreTheirPixels) {
  Scene scene(320, 256);
  scene.noise = 0;
  const auto found = find_small_targets(scene.frame({{99.5, 79.5, 6, 4, 400}}).counts, of_14_bit());
  ASSERT_EQ(found.size(), 1U);
  int area = 0;
  for (const auto& run : found[0].runs) area += run.x_end - run.x_begin;
  EXPECT_EQ(area, 24);
  EXPECT_EQ(found[0].box, (Box{97, 78, 6, 4}));
}

Candidate at(double u, double v) {
  Candidate candidate;
  candidate.centroid = {u, v};
  return candidate;
}

TEST(Confirmation, BelievesInWhatIsSeenThreeTimes) {
  Confirmation confirmation({});
  EXPECT_TRUE(confirmation.process({at(10, 10)}).empty());
  EXPECT_TRUE(confirmation.process({at(15, 11)}).empty());
  EXPECT_EQ(confirmation.process({at(20, 12)}).size(), 1U);
}

TEST(Confirmation, ForgivesAFrameInWhichItIsNotSeen) {
  Confirmation confirmation({});
  for (int i = 0; i < 3; ++i) confirmation.process({at(10 + 8 * i, 10)});
  EXPECT_TRUE(confirmation.process({}).empty());
  EXPECT_EQ(confirmation.process({at(10 + 8 * 4, 10)}).size(), 1U);
}

TEST(Confirmation, DoesNotBelieveInFlashes) {
  Confirmation confirmation({});
  for (int i = 0; i < 30; ++i)
    EXPECT_TRUE(confirmation.process({at(37 * i % 311, 53 * i % 241)}).empty()) << i;
}

TEST(Confirmation, LeavesOutWhatStandsAndNotWhatMoves) {
  Confirmation confirmation({});
  std::vector<Candidate> last;
  for (int i = 0; i < 100; ++i)
    last = confirmation.process({at(50 + 0.2 * (i % 2), 50), at(100 + i, 120)});
  ASSERT_EQ(last.size(), 1U);
  EXPECT_EQ(last[0].centroid.v, 120);
}

}  // namespace
}  // namespace marsad::detect
