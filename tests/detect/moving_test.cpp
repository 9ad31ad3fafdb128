// SPDX-License-Identifier: Apache-2.0
// The detector on cameras that pan, swing and roll.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "detect/detector.h"
#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Blob;
using test::Scene;

constexpr int kWidth = 240;
constexpr int kHeight = 180;

// Where a place of the unmoved picture lies in the scene's next frame.
Blob seen(const Scene& scene, Blob blob) {
  const double x = blob.x - scene.shift_x - 0.5 * (kWidth - 1);
  const double y = blob.y - scene.shift_y - 0.5 * (kHeight - 1);
  const double c = std::cos(scene.rotation_rad);
  const double s = std::sin(scene.rotation_rad);
  blob.x = c * x - s * y + 0.5 * (kWidth - 1);
  blob.y = s * x + c * y + 0.5 * (kHeight - 1);
  return blob;
}

struct Found {
  int walker = 0;  // frames in which the walker was found
  int others = 0;  // detections of nothing
  double furthest_px = 0;
};

// Watches a walker that sets out after `learning` frames, through a camera that `move` moves.
Found watch(Detector& detector, int learning, int frames, Blob walker, double speed_px,
            const std::function<void(Scene&, int)>& move) {
  Scene scene(kWidth, kHeight);
  scene.clumps = 60;
  Found found;
  for (int i = 0; i < learning + frames; ++i) {
    move(scene, i);
    const bool is_there = i >= learning;
    if (is_there) walker.x += speed_px;
    const Blob blob = seen(scene, walker);
    const DetectorOutput output =
        detector.process(scene.frame(is_there ? std::vector{blob} : std::vector<Blob>{}));
    bool is_found = false;
    for (const Detection& d : output.detections) {
      const double off_px = std::hypot(d.centroid.u - blob.x, d.centroid.v - blob.y);
      if (!is_there || off_px > 4) {
        ++found.others;
        continue;
      }
      is_found = true;
      found.furthest_px = std::max(found.furthest_px, off_px);
    }
    found.walker += is_found ? 1 : 0;
  }
  return found;
}

TEST(MovingCamera, FindsAWalkerWhileItPans) {
  Detector detector({});
  const auto pan = [](Scene& scene, int i) { scene.shift_x = 1.5 * std::max(0, i - 30); };
  const Found found = watch(detector, 60, 200, {130, 90, 4, 8, 12 * 6}, 2, pan);
  EXPECT_GE(found.walker, 150);
  EXPECT_LE(found.others, 8);
  EXPECT_LT(found.furthest_px, 2);
}

TEST(MovingCamera, FindsAWalkerFromASwingingBalloon) {
  DetectorSettings settings;
  settings.moving = true;
  Detector detector(settings);
  const auto swing = [](Scene& scene, int i) {
    scene.shift_x = 12 * std::sin(0.11 * i);
    scene.shift_y = 9 * std::sin(0.073 * i);
    scene.rotation_rad = 0.03 * std::sin(0.05 * i);
  };
  const Found found = watch(detector, 60, 200, {80, 90, 4, 8, 12 * 6}, 0.3, swing);
  EXPECT_GE(found.walker, 170);
  EXPECT_LE(found.others, 8);
  EXPECT_LT(found.furthest_px, 2);
}

TEST(MovingCamera, GoesOnWhereItLooksWhenItWasTurned) {
  Detector detector({});
  const auto turn = [](Scene& scene, int i) { scene.shift_x = i < 50 ? 0 : 37; };
  const Found found = watch(detector, 52, 100, {130, 90, 4, 8, 12 * 6}, 0.3, turn);
  EXPECT_GE(found.walker, 90);
  EXPECT_LE(found.others, 3);
}

TEST(MovingCamera, FindsNothingWhereNothingMovesButItself) {
  Detector detector({});
  const auto swing = [](Scene& scene, int i) {
    scene.shift_x = 25 * std::sin(0.2 * i);
    scene.shift_y = 10 * std::sin(0.13 * i);
  };
  const Found found = watch(detector, 400, 0, {}, 0, swing);
  EXPECT_LE(found.others, 6);
}

TEST(MovingCamera, TakesFramesOfAnySize) {
  DetectorSettings settings;
  settings.moving = true;
  Detector detector(settings);
  for (const auto& [width, height] :
       {std::pair{1, 1}, {1, 50}, {50, 1}, {3, 3}, {33, 65}, {640, 9}}) {
    Scene scene(width, height);
    scene.clumps = 60;
    for (int i = 0; i < 8; ++i) {
      scene.shift_x = 3 * i;
      EXPECT_EQ(detector.process(scene.frame()).mask.width(), width);
    }
  }
  EXPECT_TRUE(detector.process(video::Frame{}).detections.empty());
}

}  // namespace
}  // namespace marsad::detect
