// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "score/score.h"
#include "tests/support/temporary_folder.h"
#include "video/encode.h"

namespace marsad::score {
namespace {

using testing::HasSubstr;

// Two folders of small masks drawn in ASCII: '#' is an object's pixel.
class Masks : public testing::Test {
 protected:
  Masks() {
    std::filesystem::create_directories(truth());
    std::filesystem::create_directories(masks());
  }

  std::string truth() const { return folder_.file("truth"); }
  std::string masks() const { return folder_.file("masks"); }

  static void draw(const std::string& file, const std::vector<std::string>& rows) {
    video::Image<std::uint8_t> image(static_cast<int>(rows.front().size()),
                                     static_cast<int>(rows.size()));
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x)
        if (rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#')
          image.at(x, y) = 255;
    ASSERT_TRUE(video::write_file(file, video::encode_png(image)));
  }

  test::TemporaryFolder folder_;
};

TEST_F(Masks, AgreeWithThemselves) {
  draw(truth() + "/gt000001.png", {".....", ".##..", "....#"});
  draw(masks() + "/in000001.png", {".....", ".##..", "....#"});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->frames, 1U);
  EXPECT_DOUBLE_EQ(score->f_px, 1);
  EXPECT_DOUBLE_EQ(score->f_objects, 1);
  EXPECT_EQ(score->objects, 2U);
  EXPECT_EQ(score->false_objects, 0U);
}

TEST_F(Masks, AreComparedByPixelAndByObject) {
  draw(truth() + "/gt1.png", {"##....", "##....", "......", "....##"});
  draw(masks() + "/m1.png", {".#...#", ".##...", "......", "......"});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->true_positive_px, 2U);
  EXPECT_EQ(score->false_positive_px, 2U);
  EXPECT_EQ(score->false_negative_px, 4U);
  EXPECT_DOUBLE_EQ(score->precision_px, 0.5);
  EXPECT_DOUBLE_EQ(score->recall_px, 1.0 / 3);
  EXPECT_DOUBLE_EQ(score->f_px, 0.4);
  EXPECT_EQ(score->objects, 2U);
  EXPECT_EQ(score->objects_found, 1U);
  EXPECT_EQ(score->detected_objects, 2U);
  EXPECT_EQ(score->false_objects, 1U);
  EXPECT_DOUBLE_EQ(score->f_objects, 0.5);
  EXPECT_DOUBLE_EQ(score->false_objects_per_1000_frames, 1000);
}

TEST_F(Masks, ObjectsHangTogetherByCorners) {
  draw(truth() + "/gt1.png", {"#..", ".#.", "..#"});
  draw(masks() + "/m1.png", {"...", "...", "..#"});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->objects, 1U);
  EXPECT_EQ(score->objects_found, 1U);
}

TEST_F(Masks, ArePairedByTheNumberInTheirNames) {
  draw(truth() + "/gt000002.png", {"#."});
  draw(truth() + "/gt000010.png", {".#"});
  draw(masks() + "/camera3_frame10.png", {".#"});
  draw(masks() + "/camera3_frame2.png", {"#."});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->frames, 2U);
  EXPECT_DOUBLE_EQ(score->f_px, 1);
}

TEST_F(Masks, CountOnlyWhereThereIsATruth) {
  draw(truth() + "/gt1.png", {"#."});
  draw(masks() + "/m1.png", {"#."});
  draw(masks() + "/m2.png", {"##"});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->frames, 1U);
  EXPECT_EQ(score->false_positive_px, 0U);
}

TEST_F(Masks, MissingCountAsEmpty) {
  draw(truth() + "/gt1.png", {"#."});
  const auto score = score_masks(truth(), masks());
  ASSERT_TRUE(score) << to_string(score.error());
  EXPECT_EQ(score->false_negative_px, 1U);
  EXPECT_EQ(score->objects_found, 0U);
  EXPECT_DOUBLE_EQ(score->f_px, 0);
}

TEST_F(Masks, OfAnotherSizeAreAnErrorThatNamesTheFile) {
  draw(truth() + "/gt1.png", {"#."});
  draw(masks() + "/m1.png", {"#..", "..."});
  const auto score = score_masks(truth(), masks());
  ASSERT_FALSE(score);
  EXPECT_THAT(to_string(score.error()), HasSubstr("m1.png"));
  EXPECT_THAT(to_string(score.error()), HasSubstr("3×2"));
}

TEST_F(Masks, TwoOfOneNumberAreAnError) {
  draw(truth() + "/gt1.png", {"#."});
  draw(truth() + "/gt01.png", {"#."});
  EXPECT_FALSE(score_masks(truth(), masks()));
}

TEST_F(Masks, ThatAreNoPicturesAreAnError) {
  ASSERT_TRUE(video::write_file(truth() + "/gt1.png", video::Bytes{1, 2, 3}));
  EXPECT_FALSE(score_masks(truth(), masks()));
}

TEST_F(Masks, WithoutTruthOrFolderAreAnError) {
  EXPECT_FALSE(score_masks(truth(), masks()));
  draw(truth() + "/gt1.png", {"#."});
  EXPECT_FALSE(score_masks(truth(), masks() + "/nowhere"));
}

}  // namespace
}  // namespace marsad::score
