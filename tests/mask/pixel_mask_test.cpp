// SPDX-License-Identifier: Apache-2.0
#include "mask/pixel_mask.h"

#include <gtest/gtest.h>

namespace marsad::mask {
namespace {

detect::Detection detection(double u, double v, int height_px) {
  detect::Detection out;
  out.centroid = {u, v};
  out.box = {static_cast<int>(u) - 2, static_cast<int>(v) - height_px / 2, 5, height_px};
  return out;
}

TEST(PixelMask, CoversThePixelsInItsPolygons) {
  const PixelMask mask =
      mask_of(40, 30, {{{2, 2}, {12, 2}, {12, 9}, {2, 9}}, {{30, 20}, {39, 20}, {35, 29}}});
  EXPECT_TRUE(covers(mask, {5, 5}));
  EXPECT_TRUE(covers(mask, {35, 24}));
  EXPECT_FALSE(covers(mask, {20, 15}));
  EXPECT_NEAR(share(mask), (70 + 42) / 1200.0, 0.01);
}

TEST(PixelMask, TakesTheNearestPixelForWhatLiesBesideThePicture) {
  const PixelMask mask = mask_of(40, 30, {{{-1, -1}, {10, -1}, {10, 31}, {-1, 31}}});
  EXPECT_TRUE(covers(mask, {-3, 12}));
  EXPECT_FALSE(covers(mask, {44, 12}));
}

TEST(PixelMask, ThatIsEmptyCoversNothing) {
  EXPECT_FALSE(covers({}, {1, 1}));
  EXPECT_EQ(share({}), 0);
}

TEST(PixelMask, DropsDetectionsWhoseCentroidIsMasked) {
  const PixelMask mask = mask_of(40, 30, {{{0, 0}, {40, 0}, {40, 10}, {0, 10}}});
  std::vector<detect::Detection> found = {detection(20, 5, 6), detection(20, 20, 6)};
  drop_masked(mask, found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].centroid.v, 20);
}

TEST(PixelMask, HidesDetectionsAtItsEdge) {
  const PixelMask mask = mask_of(40, 30, {{{0, 0}, {40, 0}, {40, 9.5}, {0, 9.5}}});
  std::vector<detect::Detection> found = {detection(20, 11.4, 2), detection(20, 13, 2)};
  drop_hidden(mask, found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].centroid.v, 13);
}

TEST(PixelMask, HidesDetectionsThatStandInItToo) {
  const PixelMask mask = mask_of(40, 30, {{{0, 20}, {40, 20}, {40, 30}, {0, 30}}});
  std::vector<detect::Detection> found = {detection(10, 17, 8), detection(20, 8, 8)};
  drop_hidden(mask, found);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].centroid.u, 20);
}

}  // namespace
}  // namespace marsad::mask
