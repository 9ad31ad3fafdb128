// SPDX-License-Identifier: Apache-2.0
// The detector on cameras whose frames bring their pose.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <vector>

#include "detect/detector.h"
#include "geo/geodetic.h"
#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Blob;
using test::Scene;

constexpr int kWidth = 240;
constexpr int kHeight = 180;
constexpr double kFov_rad = geo::radians(6);
const double kFocal_px = kWidth / (2 * std::tan(kFov_rad / 2));

// How the picture lies and what is told of it, by the frame's number.
struct Motion {
  std::function<double(int)> shift_px;             // of the camera to the right
  std::function<std::optional<double>(int)> told;  // the same as its pose says
};

sensor::Pose turned_by(double shift_px) {
  sensor::Pose pose;
  pose.azimuth_rad = 2 * std::atan(shift_px / (2 * kFocal_px));
  return pose;
}

struct Found {
  std::vector<int> walker;  // frames in which it was found
  int others = 0;           // detections of nothing
  std::vector<Box> boxes;   // of all detections
  int from(int frame) const {
    return static_cast<int>(
        std::count_if(walker.begin(), walker.end(), [=](int each) { return each >= frame; }));
  }
};

// Watches a walker that sets out in frame 50, at a place of the ground, for `frames` in all.
Found watch(const Motion& motion, int frames, Blob walker, double speed_px) {
  DetectorSettings settings;
  settings.horizontal_fov_rad = kFov_rad;
  Detector detector(settings);
  Scene scene(kWidth, kHeight);
  scene.clumps = 60;
  Found found;
  for (int i = 0; i < frames; ++i) {
    scene.shift_x = motion.shift_px(i);
    walker.x += i >= 50 ? speed_px : 0;
    Blob seen = walker;
    seen.x -= scene.shift_x;
    video::Frame frame = scene.frame(i >= 50 ? std::vector{seen} : std::vector<Blob>{});
    if (const auto told = motion.told(i)) frame.pose = turned_by(*told);
    for (const Detection& d : detector.process(frame).detections) {
      const bool is_walker =
          i >= 50 && std::hypot(d.centroid.u - seen.x, d.centroid.v - seen.y) < 4;
      found.boxes.push_back(d.box);
      if (!is_walker) ++found.others;
      if (is_walker && (found.walker.empty() || found.walker.back() != i)) {
        found.walker.push_back(i);
      }
    }
  }
  return found;
}

std::optional<double> untold(int) { return std::nullopt; }
double at_once(int i, double shift_px) { return i < 80 ? 0 : shift_px; }

TEST(TurnedCamera, ATurnByHalfAPictureIsFollowedWithPosesAndNotWithout) {
  const auto turn = [](int i) { return at_once(i, 120); };
  const Blob walker{190, 90, 4, 8, 12 * 6};
  const Found with = watch({turn, turn}, 120, walker, 0.2);
  EXPECT_GE(with.from(80), 38);
  EXPECT_LE(with.others, 3);
  const Found without = watch({turn, untold}, 120, walker, 0.2);
  EXPECT_LE(without.from(80), 20);
}

TEST(TurnedCamera, AViewThatSharesNothingIsBegunAnewAtOnce) {
  const auto turn = [](int i) { return at_once(i, 700); };
  const Blob walker{780, 90, 4, 8, 12 * 12};
  const Found with = watch({turn, turn}, 120, walker, 2);
  const Found without = watch({turn, untold}, 120, walker, 2);
  ASSERT_GT(with.from(80), 0);
  ASSERT_GT(without.from(80), 0);
  EXPECT_EQ(with.walker.front() + 2, without.walker.front());
}

TEST(TurnedCamera, APanIsFollowedByItsPoses) {
  const auto pan = [](int i) { return 3.0 * std::max(0, i - 60); };
  const Found found = watch({pan, pan}, 160, {120, 90, 4, 8, 12 * 6}, 3);
  EXPECT_GE(found.from(60), 80);
  EXPECT_LE(found.others, 5);
}

TEST(TurnedCamera, AWrongPoseChangesNothingWhileThePictureStays) {
  const auto still = [](int) { return 0.0; };
  const Blob walker{100, 90, 4, 8, 12 * 6};
  const Found told_nothing = watch({still, untold}, 140, walker, 0.4);
  EXPECT_GE(told_nothing.walker.size(), 80U);
  for (double wrong_px : {3.0, 30.0, 120.0, 2000.0}) {
    const auto jumps = [=](int i) { return at_once(i, wrong_px); };
    EXPECT_EQ(watch({still, jumps}, 140, walker, 0.4).boxes, told_nothing.boxes) << wrong_px;
  }
  const auto wild = [](int i) { return 60 * std::sin(2.1 * i); };
  EXPECT_EQ(watch({still, wild}, 140, walker, 0.4).boxes, told_nothing.boxes);
}

TEST(TurnedCamera, AWrongPoseDoesNotHideATurnThatThePictureTells) {
  const auto turn = [](int i) { return at_once(i, 37); };
  const Blob walker{140, 90, 4, 8, 12 * 6};
  const Found untold_turn = watch({turn, untold}, 140, walker, 0.3);
  const Found other_way = watch({turn, [](int i) { return at_once(i, -60); }}, 140, walker, 0.3);
  EXPECT_GE(other_way.from(80) + 2, untold_turn.from(80));
  EXPECT_LE(other_way.others, untold_turn.others + 2);
}

}  // namespace
}  // namespace marsad::detect
