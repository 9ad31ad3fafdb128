// SPDX-License-Identifier: Apache-2.0
#include "mask/privacy_mask.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/mask/zones.h"
#include "tests/support/locate_scene.h"

namespace marsad::mask {
namespace {

using test::at;

class PrivacyMaskTest : public testing::Test {
 protected:
  PrivacyMaskTest() { camera_.model.width_px = 160, camera_.model.height_px = 128; }

  PrivacyMask mask() const {
    return PrivacyMask(camera_, ground_, {test::privacy_square(0, 600, 60)}, {0, 0});
  }

  // Counts that tell their own place and frame.
  static video::Frame frame(int base, int width = 160, int height = 128) {
    video::Frame out;
    out.bits = 14;
    out.counts = video::Image<std::uint16_t>(width, height);
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        out.counts.at(x, y) = static_cast<std::uint16_t>(base + x % 7 + y);
      }
    }
    return out;
  }

  // The pixel of the zone's middle as a camera that looks this way shows it.
  std::pair<int, int> middle(double azimuth_deg, int width = 160, int height = 128) const {
    sensor::Camera camera = camera_;
    camera.model.width_px = width, camera.model.height_px = height;
    camera.pose.azimuth_rad = geo::radians(azimuth_deg);
    const auto pixel = test::pixel_of(camera.model, camera.pose, at(0, 600));
    return {static_cast<int>(pixel->u), static_cast<int>(pixel->v)};
  }

  std::shared_ptr<const terrain::Elevation> ground_ =
      std::make_shared<const terrain::Elevation>(test::flat_terrain(2000));
  sensor::Camera camera_ = test::camera_at(at(0, 0, 30), 0, -3);
};

TEST_F(PrivacyMaskTest, OverwritesWhatIsMaskedAndNothingElse) {
  PrivacyMask mask = this->mask();
  const video::Frame before = frame(7000);
  video::Frame after = before;
  mask.hide(after);
  ASSERT_TRUE(after.hidden);
  int hidden = 0;
  for (int y = 0; y < 128; ++y) {
    for (int x = 0; x < 160; ++x) {
      const bool masked = after.hidden->at(x, y) != 0;
      hidden += masked;
      if (masked) {
        EXPECT_NEAR(after.counts.at(x, y), 7000 + y, 40);  // no edge against what is beside it
      } else {
        EXPECT_EQ(after.counts.at(x, y), before.counts.at(x, y));
      }
    }
  }
  EXPECT_GT(hidden, 100);
}

TEST_F(PrivacyMaskTest, FillsEveryFrameWithTheSameCounts) {
  PrivacyMask mask = this->mask();
  video::Frame first = frame(7000), later = frame(7300);
  mask.hide(first);
  mask.hide(later);
  for (std::size_t i = 0; i < first.counts.pixels().size(); ++i) {
    if (first.hidden->pixels()[i] == 0) continue;
    EXPECT_EQ(first.counts.pixels()[i], later.counts.pixels()[i]);
  }
}

TEST_F(PrivacyMaskTest, TakesItsFillFromTheFirstPictureThatIsNotBlank) {
  PrivacyMask mask = this->mask();
  video::Frame black = frame(0), picture = frame(7000);
  std::fill(black.counts.pixels().begin(), black.counts.pixels().end(), std::uint16_t{0});
  mask.hide(black);
  mask.hide(picture);
  const auto [x, y] = middle(0);
  EXPECT_GT(picture.counts.at(x, y), 6900);
}

TEST_F(PrivacyMaskTest, OverwritesAFrameThatIsMaskedAllOver) {
  PrivacyMask mask(camera_, ground_, {test::privacy_square(0, 0, 3000, 40)}, {0, 0});
  video::Frame all = frame(7000);
  mask.hide(all);
  ASSERT_TRUE(all.hidden);
  for (const int count : all.counts.pixels()) EXPECT_EQ(count, 0);
}

TEST_F(PrivacyMaskTest, DoesNotDependOnWhatItHides) {
  PrivacyMask one = mask(), other = mask();
  video::Frame warm = frame(7000), cold = frame(7000);
  const auto [x, y] = middle(0);
  warm.counts.at(x, y) = 16000;
  cold.counts.at(x, y) = 10;
  one.hide(warm);
  other.hide(cold);
  EXPECT_EQ(warm.counts, cold.counts);
}

TEST_F(PrivacyMaskTest, LeavesABlankFrameBlank) {
  PrivacyMask mask = this->mask();
  video::Frame black;
  black.counts = video::Image<std::uint16_t>(160, 128);
  mask.hide(black);
  for (const int count : black.counts.pixels()) EXPECT_EQ(count, 0);
}

TEST_F(PrivacyMaskTest, FollowsACameraWhoseFramesBringTheirPose) {
  PrivacyMask mask = this->mask();
  for (const double azimuth_deg : {0.0, 2.0, -3.0, 0.0}) {
    video::Frame turned = frame(7000);
    turned.pose = camera_.pose;
    turned.pose->azimuth_rad = geo::radians(azimuth_deg);
    mask.hide(turned);
    const auto [x, y] = middle(azimuth_deg);
    ASSERT_TRUE(turned.hidden);
    EXPECT_NE(turned.hidden->at(x, y), 0) << azimuth_deg;
    EXPECT_EQ(turned.hidden->at(x > 80 ? 10 : 150, y), 0) << azimuth_deg;
  }
  video::Frame away = frame(7000);
  away.pose = camera_.pose;
  away.pose->azimuth_rad = geo::radians(90);
  mask.hide(away);
  EXPECT_FALSE(away.hidden);
  video::Frame without_pose = frame(7000);  // then the site's counts
  mask.hide(without_pose);
  EXPECT_TRUE(without_pose.hidden);
}

TEST_F(PrivacyMaskTest, StaysTheSameMaskWhileThePoseHardlyChanges) {
  PrivacyMask mask = this->mask();
  video::Frame first = frame(7000), second = frame(7000);
  first.pose = second.pose = camera_.pose;
  second.pose->azimuth_rad += 0.2 / camera_.model.focal_px();
  mask.hide(first);
  mask.hide(second);
  EXPECT_EQ(first.hidden, second.hidden);
}

TEST_F(PrivacyMaskTest, FitsFramesOfAnotherSize) {
  PrivacyMask mask = this->mask();
  video::Frame large = frame(7000, 320, 256);
  mask.hide(large);
  const auto [x, y] = middle(0, 320, 256);
  ASSERT_TRUE(large.hidden);
  EXPECT_EQ(large.hidden->width(), 320);
  EXPECT_NE(large.hidden->at(x, y), 0);
}

}  // namespace
}  // namespace marsad::mask
