// SPDX-License-Identifier: Apache-2.0
#include "detect/creep.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "detect/detector.h"
#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Blob;
using test::Scene;

// A bank of cloud, 400 counts warmer than the sky, whose edge waves and drifts by the shift.
video::Frame before_cloud(Scene& scene, double shift_px, const std::vector<Blob>& blobs = {}) {
  video::Frame frame = scene.frame(blobs);
  for (int y = 0; y < frame.counts.height(); ++y) {
    for (int x = 0; x < frame.counts.width(); ++x) {
      const double edge =
          130 + 14 * std::sin((x - shift_px) / 13) + 4 * std::sin((x - shift_px) / 4);
      const double cloud = 400 / (1 + std::exp(-(y - edge) / 0.8));
      frame.counts.at(x, y) = static_cast<std::uint16_t>(frame.counts.at(x, y) + cloud);
    }
  }
  return frame;
}

double drift_px(int frame) { return 0.1 * std::max(frame - 40, 0); }

TEST(Creep, TheEdgesOfADriftingCloudAreNoThings) {
  Scene scene(320, 256);
  Detector detector({});
  std::size_t found = 0;
  for (int i = 0; i < 160; ++i)
    found += detector.process(before_cloud(scene, drift_px(i))).detections.size();
  EXPECT_LE(found, 30U);  // some 250 if each were believed
}

TEST(Creep, ABirdBeforeADriftingCloudIsOne) {
  Scene scene(320, 256);
  Detector detector({});
  int seen = 0;
  for (int i = 0; i < 160; ++i) {
    const double x = 60 + 1.5 * (i - 60);
    std::vector<Blob> birds;
    if (i >= 60) birds.push_back({x, 131, 6, 5, 300});
    for (const Detection& detection :
         detector.process(before_cloud(scene, drift_px(i), birds)).detections)
      if (std::hypot(detection.centroid.u - x, detection.centroid.v - 131) < 3) ++seen;
  }
  EXPECT_GE(seen, 75);  // of 100; the others are joined with the cloud's edge
}

// The largest piece that is more than 30 counts warmer than the background.
Piece piece_of(const Background& background) {
  video::Image<std::uint8_t> marks(background.mean().width(), background.mean().height());
  for (int y = 0; y < marks.height(); ++y)
    for (int x = 0; x < marks.width(); ++x) marks.at(x, y) = background.difference(x, y) > 30;
  Piece piece;
  for (const Component& component : connected_components(marks))
    if (component.area_px > piece.component.area_px) piece.component = component;
  return piece;
}

TEST(Creep, AnEdgeThatMovedAPixelIsOneAndAThingBesideItIsNot) {
  Scene scene(120, 200);
  scene.noise = 1;
  Background background(before_cloud(scene, 0).counts);
  background.compare(before_cloud(scene, 1).counts, Alignment{});
  EXPECT_TRUE(is_creep(piece_of(background), background));
  background.compare(before_cloud(scene, 0, {{50, 100, 6, 6, 300}}).counts, Alignment{});
  EXPECT_FALSE(is_creep(piece_of(background), background));
}

TEST(Creep, AThingThatStoodInTheBackgroundAndMovesOffIsNone) {
  Scene scene(120, 200);
  scene.noise = 1;
  Background background(before_cloud(scene, 0, {{50, 60, 9, 6, 300}}).counts);
  background.compare(before_cloud(scene, 0, {{51, 60, 9, 6, 300}}).counts, Alignment{});
  EXPECT_FALSE(is_creep(piece_of(background), background));
}

}  // namespace
}  // namespace marsad::detect
