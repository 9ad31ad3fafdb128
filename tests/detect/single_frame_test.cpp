// SPDX-License-Identifier: Apache-2.0
#include "detect/single_frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "detect/detector.h"
#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Scene;

sensor::Pixel bird_at(int i) { return {40 + 25.0 * i, 60 + 9.0 * i}; }

// A camera spun so fast that no two frames share any ground, and a hot point that crosses them.
video::Frame spun(Scene& scene, int i) {
  scene.clumps = 60;
  scene.rotation_rad = 1.1 * i;
  scene.shift_x = 911 * i;
  const sensor::Pixel bird = bird_at(i);
  return scene.frame({{bird.u, bird.v, 5, 4, 1200}});
}

TEST(SingleFrame, AHotPointIsFoundWhileTheCameraSpins) {
  Scene scene(320, 256);
  Detector detector({});
  for (int i = 0; i < 11; ++i) {
    const DetectorOutput output = detector.process(spun(scene, i));
    if (i < 4) {
      EXPECT_TRUE(output.detections.empty()) << i;
      continue;
    }
    ASSERT_EQ(output.detections.size(), 1U) << i;
    const Detection& detection = output.detections[0];
    EXPECT_NEAR(detection.centroid.u, bird_at(i).u, 1);
    EXPECT_NEAR(detection.centroid.v, bird_at(i).v, 1);
    EXPECT_GT(detection.contrast, 300);
    EXPECT_GT(detection.cov_px2.uu, 0);
    EXPECT_EQ(output.mask.at(static_cast<int>(std::lround(detection.centroid.u)),
                             static_cast<int>(std::lround(detection.centroid.v))),
              255);
  }
}

TEST(SingleFrame, TheSameFramesGiveTheSameTargets) {
  Scene scene(320, 256);
  Scene again(320, 256);
  Detector detector({});
  Detector other({});
  for (int i = 0; i < 8; ++i) {
    const DetectorOutput a = detector.process(spun(scene, i));
    const DetectorOutput b = other.process(spun(again, i));
    EXPECT_EQ(a.mask, b.mask);
    ASSERT_EQ(a.detections.size(), b.detections.size());
    for (std::size_t k = 0; k < a.detections.size(); ++k) {
      EXPECT_EQ(a.detections[k].box, b.detections[k].box);
      EXPECT_EQ(a.detections[k].centroid.u, b.detections[k].centroid.u);
      EXPECT_EQ(a.detections[k].cov_px2.vv, b.detections[k].cov_px2.vv);
    }
  }
}

TEST(SingleFrame, APictureThatOnlyJumpsTellsNothing) {
  Scene scene(320, 256);
  scene.clumps = 40;
  Detector detector({});
  for (int i = 0; i < 20; ++i) {
    if (i == 10) scene.shift_x = 5000;
    const auto output = detector.process(scene.frame({{100, 90, 5, 4, 1200}}));
    EXPECT_TRUE(output.detections.empty()) << i;
  }
}

TEST(SingleFrame, NoiseAloneIsNothing) {
  Scene scene(320, 256);
  SingleFrame single(0.5, 4);
  for (int i = 0; i < 30; ++i) EXPECT_TRUE(single.process(scene.frame()).empty()) << i;
}

TEST(SingleFrame, WhatIsSmallerThanTheSmallestIsLeftOut) {
  for (const int smallest_area_px : {4, 60}) {
    Scene scene(320, 256);
    SingleFrame single(0.5, smallest_area_px);
    std::size_t found = 0;
    for (int i = 0; i < 6; ++i) found += single.process(spun(scene, i)).size();
    EXPECT_EQ(found, smallest_area_px == 4 ? 3U : 0U);
  }
}

TEST(SingleFrame, FramesOfAnySizeAreTaken) {
  std::mt19937 random(7);
  for (const auto& [width, height] :
       {std::pair{1, 1}, {1, 40}, {2, 3}, {11, 12}, {13, 5}, {40, 1}, {23, 97}}) {
    Detector detector({});
    for (int i = 0; i < 12; ++i) {
      video::Frame frame;
      frame.bits = 14;
      frame.counts = video::Image<std::uint16_t>(width, height);
      for (auto& count : frame.counts.pixels())
        count = static_cast<std::uint16_t>(1 + random() % 16000);
      const DetectorOutput output = detector.process(frame);
      EXPECT_EQ(output.mask.width(), width);
      EXPECT_EQ(output.mask.height(), height);
    }
  }
}

TEST(SingleFrame, ACentroidIsSurerTheMoreItsTargetStandsOut) {
  double before = 1e9;
  for (const double contrast : {150.0, 600.0, 2400.0}) {
    Scene scene(160, 128);
    const video::Frame frame = scene.frame({{70, 60, 6, 6, contrast}});
    const auto found = find_small_targets(frame.counts, {});
    ASSERT_EQ(found.size(), 1U);
    const double variance = measure(found[0], frame.counts).cov_px2.uu;
    EXPECT_LT(variance, before);
    before = variance;
  }
}

}  // namespace
}  // namespace marsad::detect
