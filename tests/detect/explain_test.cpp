// SPDX-License-Identifier: Apache-2.0
#include "detect/explain.h"

#include <gtest/gtest.h>

#include "video/decode.h"
#include "video/lettering.h"

namespace marsad::detect {
namespace {

using video::Rgb;

video::Frame frame(int width, int height) {
  video::Frame out;
  out.number = 17;
  out.bits = 14;
  out.counts = video::Image<std::uint16_t>(width, height);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) out.counts.at(x, y) = static_cast<std::uint16_t>(7000 + y);
  }
  return out;
}

Explanation explanation(int width, int height) {
  return {video::Image<float>(width, height, 7000), video::Image<float>(width, height)};
}

TEST(Explain, PutsThreePanelsOfTheFramesSizeSideBySide) {
  const auto picture = picture_of(frame(640, 512), {}, explanation(640, 512));
  EXPECT_EQ(picture.width(), 3 * 640 + 8);
  EXPECT_GT(picture.height(), 512);
  EXPECT_LT(picture.height(), 540);
}

TEST(Explain, EnlargesASmallFrame) {
  EXPECT_EQ(picture_of(frame(160, 120), {}, explanation(160, 120)).width(), 3 * 480 + 8);
}

TEST(Explain, ShowsWarmInRedColdInBlueAndNoiseInBlack) {
  Explanation why = explanation(640, 512);
  why.score.at(100, 200) = 20;
  why.score.at(300, 200) = -20;
  why.score.at(500, 200) = 0.9F;
  const auto picture = picture_of(frame(640, 512), {}, why);
  const int left = 2 * 644, head = picture.height() - 512;
  const Rgb warm = picture.at(left + 100, head + 200), cold = picture.at(left + 300, head + 200);
  EXPECT_EQ(warm.r, 255);
  EXPECT_LT(warm.b, 100);
  EXPECT_EQ(cold.b, 255);
  EXPECT_LT(cold.r, 100);
  EXPECT_EQ(picture.at(left + 500, head + 200), (Rgb{0, 0, 0}));
}

TEST(Explain, ShowsTheModelInTheFramesGreys) {
  Explanation why = explanation(640, 512);
  why.model.at(10, 20) = 0;
  why.model.at(11, 20) = 16'000;
  const auto picture = picture_of(frame(640, 512), {}, why);
  const int head = picture.height() - 512;
  EXPECT_EQ(picture.at(644 + 10, head + 20), (Rgb{0, 0, 0}));
  EXPECT_EQ(picture.at(644 + 11, head + 20), (Rgb{255, 255, 255}));
}

TEST(Explain, MarksDetectionsInTheFrameAndInTheScore) {
  Detection detection;
  detection.box = {100, 200, 10, 20};
  const auto picture = picture_of(frame(640, 512), {detection}, explanation(640, 512));
  const int head = picture.height() - 512;
  EXPECT_EQ(picture.at(97, head + 210), picture.at(2 * 644 + 97, head + 210));
  EXPECT_NE(picture.at(97, head + 210), picture.at(644 + 97, head + 210));
  EXPECT_GT(picture.at(97, head + 210).r, 200);
}

TEST(Explain, HoldsDetectionsAtTheEdgeAndOneUponTheOther) {
  std::vector<Detection> found(30);
  for (Detection& detection : found) detection.box = {630, 0, 10, 512};
  EXPECT_EQ(picture_of(frame(640, 512), found, explanation(640, 512)).width(), 3 * 640 + 8);
}

TEST(Explain, SaysSoBeforeThereIsAModel) {
  const auto picture = picture_of(frame(640, 512), {}, {});
  EXPECT_EQ(picture.width(), 3 * 640 + 8);
  EXPECT_TRUE(picture_of({}, {}, {}).empty());
}

TEST(Explain, OfADetectorHasTheFramesSizeAndTellsItsModel) {
  Detector detector({});
  EXPECT_TRUE(detector.explain().score.empty());
  video::Frame still = frame(160, 120);
  for (int i = 0; i < 30; ++i) {
    still.time += std::chrono::milliseconds(100);
    (void)detector.process(still);
  }
  video::Frame warm = still;
  warm.time += std::chrono::milliseconds(100);
  for (int y = 50; y < 58; ++y) {
    for (int x = 70; x < 76; ++x) warm.counts.at(x, y) = 9000;
  }
  (void)detector.process(warm);
  const Explanation why = detector.explain();
  ASSERT_EQ(why.score.width(), 160);
  ASSERT_EQ(why.model.height(), 120);
  EXPECT_GT(why.score.at(73, 54), 10);
  EXPECT_NEAR(double{why.model.at(20, 20)}, 7020, 2);
}

TEST(Lettering, WritesWhatAPersonCanRead) {
  video::Image<Rgb> picture(6, 8);
  video::write_text(picture, 0, 0, "7", {255, 255, 255});
  std::string drawn;
  for (int y = 0; y < 7; ++y) {
    for (int x = 0; x < 5; ++x) drawn += picture.at(x, y).r != 0 ? '#' : '.';
    drawn += '\n';
  }
  EXPECT_EQ(drawn, "#####\n....#\n...#.\n..#..\n.#...\n.#...\n.#...\n");
}

TEST(Lettering, IsCutOffAtThePicturesEdges) {
  video::Image<Rgb> picture(20, 20);
  video::write_text(picture, -7, -3, "EDGE 123\xc3\xa9", {255, 255, 255}, 3);
  video::write_text(picture, 15, 16, "EDGE", {255, 255, 255}, 3);
  EXPECT_EQ(picture.at(0, 0).r, 0);  // between the strokes of the E
}

}  // namespace
}  // namespace marsad::detect
