// SPDX-License-Identifier: Apache-2.0
#include "detect/detector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "tests/detect/scene.h"

namespace marsad::detect {
namespace {

using test::Blob;
using test::Scene;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double kFramesPerSecond = 25;

// Lets the detector learn an empty scene.
void learn(Detector& detector, Scene& scene, int frames = 30) {
  for (int i = 0; i < frames; ++i) detector.process(scene.frame());
}

bool near(const Detection& detection, const Blob& blob) {
  return std::abs(detection.centroid.u - blob.x) < 2 && std::abs(detection.centroid.v - blob.y) < 2;
}

bool finds(const DetectorOutput& output, const Blob& blob) {
  return std::any_of(output.detections.begin(), output.detections.end(),
                     [&](const Detection& detection) { return near(detection, blob); });
}

// Frames of `frames` in which a blob moving by `speed` px a frame is found.
int frames_found(Detector& detector, Scene& scene, Blob blob, double speed, int frames) {
  int found = 0;
  for (int i = 0; i < frames; ++i) {
    blob.x += speed;
    if (finds(detector.process(scene.frame({blob})), blob)) ++found;
  }
  return found;
}

TEST(Detector, ReportsNextToNothingInAnEmptyScene) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  std::size_t detections = 0;
  for (int i = 0; i < 300; ++i) detections += detector.process(scene.frame()).detections.size();
  EXPECT_LE(detections, 3U);
}

TEST(Detector, FindsAWalkerWithinThreeFramesAndFollowsIt) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  learn(detector, scene);
  Blob walker{40, 60, 4, 8, 5 * scene.noise};
  std::optional<int> first;
  int found = 0;
  for (int i = 0; i < 60; ++i) {
    walker.x += 0.3;
    if (!finds(detector.process(scene.frame({walker})), walker)) continue;
    if (!first) first = i;
    ++found;
  }
  ASSERT_TRUE(first);
  EXPECT_LT(*first, 3);
  EXPECT_GE(found, 57);
}

TEST(Detector, FindsWhatIsColderThanTheGround) {
  Scene scene;
  Detector detector({});
  learn(detector, scene);
  Blob walker{40, 60, 4, 8, -5 * scene.noise};
  DetectorOutput output;
  for (int i = 0; i < 5; ++i) {
    walker.x += 0.5;
    output = detector.process(scene.frame({walker}));
  }
  ASSERT_THAT(output.detections, SizeIs(1));
  EXPECT_TRUE(near(output.detections[0], walker));
  EXPECT_LT(output.detections[0].contrast, -2 * scene.noise);
  EXPECT_GT(output.detections[0].snr, 5);
}

TEST(Detector, FollowsWhatMovesItsOwnLengthAFrame) {
  Scene scene(320, 128);
  Detector detector({});
  learn(detector, scene);
  const Blob car{-20, 60, 24, 10, 100};
  EXPECT_GE(frames_found(detector, scene, car, 25, 12), 10);
}

TEST(Detector, FollowsWhatCrawls) {
  Scene scene;
  Detector detector({});
  learn(detector, scene);
  const Blob crawler{40, 60, 8, 4, 10 * scene.noise};
  EXPECT_GE(frames_found(detector, scene, crawler, 0.15, 200), 190);
}

// Far off a walker takes a second or more to come into a pixel.
TEST(Detector, FindsWhatComesIntoViewSlowly) {
  Scene scene;
  Detector detector({});
  learn(detector, scene, 200);
  const Blob walker{-3, 60, 2, 6, 20 * scene.noise};
  EXPECT_GE(frames_found(detector, scene, walker, 0.06, 600), 400);
}

TEST(Detector, FollowsAFaintWalkerThatFailsToShowNowAndThen) {
  Scene scene;
  scene.texture = 20;
  Detector detector({});
  learn(detector, scene);
  const Blob walker{40, 60, 4, 8, 3 * scene.noise};
  EXPECT_GE(frames_found(detector, scene, walker, 0.15, 200), 190);
}

TEST(Detector, KeepsWhatStops) {
  Scene scene;
  Detector detector({});
  learn(detector, scene);
  Blob walker{40, 60, 4, 8, 8 * scene.noise};
  for (int i = 0; i < 25; ++i) {
    walker.x += 0.5;
    detector.process(scene.frame({walker}));
  }
  const int stopped = static_cast<int>(15 * kFramesPerSecond);
  EXPECT_GE(frames_found(detector, scene, walker, 0, stopped), stopped - 2);
}

TEST(Detector, LeavesNoGhostOfWhatStoodInTheFirstFrame) {
  Scene scene;
  scene.texture = 20;
  Detector detector({});
  Blob walker{60, 60, 4, 8, 15 * scene.noise};
  const Blob ghost = walker;
  for (int i = 0; i < 20; ++i) detector.process(scene.frame({walker}));
  int haunted = 0;
  for (int i = 0; i < 60; ++i) {
    walker.x += 0.5;
    const DetectorOutput output = detector.process(scene.frame({walker}));
    if (walker.x > ghost.x + 8 && finds(output, ghost)) ++haunted;
    if (walker.x > ghost.x + 12) {
      EXPECT_TRUE(finds(output, walker)) << "frame " << i;
    }
  }
  EXPECT_LE(haunted, 3);
}

TEST(Detector, LeavesNoGhostOfWhatStoodForLongAndWentOn) {
  Scene scene;
  Detector detector({});
  learn(detector, scene);
  Blob car{40, 60, 16, 8, 12 * scene.noise};
  for (int i = 0; i < 50; ++i) {
    car.x += i < 25 ? 1 : 0;
    detector.process(scene.frame({car}));
  }
  for (int i = 0; i < 3000; ++i) detector.process(scene.frame({car}));
  const Blob ghost = car;
  car.x += 40;
  int haunted = 0;
  for (int i = 0; i < 25; ++i) {
    car.x += 1;
    if (finds(detector.process(scene.frame({car})), ghost)) ++haunted;
  }
  EXPECT_LE(haunted, 3);
}

TEST(Detector, ReportsNothingWhenTheShutterShiftsAllCounts) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  learn(detector, scene);
  scene.offset = 300;
  scene.gain = 1.1;
  std::size_t detections = 0;
  for (int i = 0; i < 50; ++i) detections += detector.process(scene.frame()).detections.size();
  EXPECT_LE(detections, 1U);
}

TEST(Detector, ReportsNothingWhileThePictureSways) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  std::size_t detections = 0;
  for (int i = 0; i < 250; ++i) {
    scene.shift_x = 1.5 * std::sin(0.9 * i);
    scene.shift_y = 1.5 * std::sin(0.37 * i);
    detections += detector.process(scene.frame()).detections.size();
  }
  EXPECT_LE(detections, 5U);
}

TEST(Detector, PlacesDetectionsInTheFrameWhileThePictureSways) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  Blob walker{40, 60, 4, 8, 15 * scene.noise};
  int found = 0;
  double worst_px = 0;
  for (int i = 0; i < 100; ++i) {
    scene.shift_x = 1.5 * std::sin(0.4 * i);
    const bool is_there = i >= 30;
    walker.x += 0.5;
    const auto output =
        detector.process(scene.frame(is_there ? std::vector{walker} : std::vector<Blob>{}));
    for (const Detection& detection : output.detections) {
      if (!is_there || !near(detection, walker)) continue;
      ++found;
      worst_px = std::max(worst_px, std::abs(detection.centroid.u - walker.x));
      EXPECT_EQ(output.mask.at(static_cast<int>(std::lround(walker.x)), 60), 255);
    }
  }
  EXPECT_GE(found, 60);
  EXPECT_LT(worst_px, 0.7);
}

TEST(Detector, IsSilentOnceItKnowsFlickeringPixels) {
  Scene scene;
  Detector detector({});
  std::mt19937 random(3);
  std::size_t late = 0;
  for (int i = 0; i < 500; ++i) {
    std::vector<Blob> flickering;
    for (int k = 0; k < 10; ++k) {
      const double contrast = std::uniform_real_distribution<double>(-80, 80)(random);
      flickering.push_back({15.0 + 13 * k, 50, 4, 4, contrast});
    }
    const auto output = detector.process(scene.frame(flickering));
    if (i >= 100) late += output.detections.size();
  }
  EXPECT_LE(late, 20U);
}

TEST(Detector, StartsAnewWhenTheCameraWasTurned) {
  Scene scene;
  scene.texture = 200;
  Detector detector({});
  learn(detector, scene);
  scene.shift_x = 57;
  scene.shift_y = 31;
  std::size_t detections = 0;
  for (int i = 0; i < 30; ++i) detections += detector.process(scene.frame()).detections.size();
  EXPECT_LE(detections, 3U);
  Blob walker{40, 60, 4, 8, 15 * scene.noise};
  EXPECT_GE(frames_found(detector, scene, walker, 0.5, 30), 26);
}

TEST(Detector, GoesOnAfterBlackAndSaturatedFrames) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  video::Frame blank = scene.frame();
  for (const std::uint16_t count : {std::uint16_t{0}, std::uint16_t{16383}}) {
    std::fill(blank.counts.pixels().begin(), blank.counts.pixels().end(), count);
    EXPECT_THAT(detector.process(blank).detections, IsEmpty());
    learn(detector, scene);
    for (int i = 0; i < 10; ++i) EXPECT_THAT(detector.process(blank).detections, IsEmpty());
    for (int i = 0; i < 10; ++i) EXPECT_THAT(detector.process(scene.frame()).detections, IsEmpty());
  }
}

TEST(Detector, IgnoresBlackBorders) {
  Scene scene;
  scene.texture = 60;
  Detector detector({});
  std::size_t detections = 0;
  for (int i = 0; i < 100; ++i) {
    scene.shift_x = std::sin(0.3 * i);
    video::Frame frame = scene.frame();
    for (int y = 0; y < frame.counts.height(); ++y) {
      const auto row = frame.counts.row(y);
      std::fill(row.begin(), row.begin() + 20, std::uint16_t{16});
      std::fill(row.end() - 20, row.end(), std::uint16_t{16});
    }
    detections += detector.process(frame).detections.size();
  }
  EXPECT_LE(detections, 3U);
}

TEST(Detector, TakesFramesOfAnySize) {
  Detector detector({});
  for (const auto& [width, height] :
       {std::pair{1, 1}, {1, 50}, {50, 1}, {3, 3}, {33, 65}, {640, 9}}) {
    Scene scene(width, height);
    for (int i = 0; i < 5; ++i) {
      const DetectorOutput output = detector.process(scene.frame());
      EXPECT_EQ(output.mask.width(), width);
      EXPECT_EQ(output.mask.height(), height);
    }
  }
  EXPECT_THAT(detector.process(video::Frame{}).detections, IsEmpty());
}

TEST(Detector, GivesTheSameForTheSameFrames) {
  const auto run = [] {
    Scene scene;
    scene.texture = 60;
    Detector detector({});
    std::vector<double> seen;
    for (int i = 0; i < 60; ++i) {
      const Blob walker{20.0 + i, 60, 4, 8, 60};
      for (const Detection& detection : detector.process(scene.frame({walker})).detections) {
        seen.insert(seen.end(), {detection.centroid.u, detection.centroid.v, detection.cov_px2.uu,
                                 detection.contrast, detection.snr});
      }
    }
    return seen;
  };
  EXPECT_EQ(run(), run());
}

TEST(Detector, FindsFainterThingsWhenMoreSensitive) {
  const auto found = [](double sensitivity) {
    Scene scene;
    Detector detector({sensitivity, 4});
    learn(detector, scene);
    return frames_found(detector, scene, {40, 60, 4, 8, 2.2 * scene.noise}, 0.3, 60);
  };
  EXPECT_LE(found(0), 2);
  EXPECT_GE(found(1), 50);
}

TEST(Detector, LeavesOutWhatIsSmallerThanAsked) {
  Scene scene;
  Detector detector({0.5, 100});
  learn(detector, scene);
  EXPECT_EQ(frames_found(detector, scene, {40, 60, 4, 8, 60}, 0.5, 20), 0);
}

// The mean squared error of centroids over their covariance, which is 2 for an honest one.
double mean_normalised_error(double contrast) {
  double sum = 0;
  int detections = 0;
  std::mt19937 random(9);
  for (unsigned seed = 0; seed < 20; ++seed) {
    Scene scene(96, 96, seed);
    Detector detector({});
    learn(detector, scene);
    for (int i = 0; i < 20; ++i) {
      const Blob walker{30 + 1.7 * i + std::uniform_real_distribution<double>(0, 1)(random),
                        48 + std::uniform_real_distribution<double>(0, 1)(random), 4, 8, contrast};
      for (const Detection& d : detector.process(scene.frame({walker})).detections) {
        if (!near(d, walker)) continue;
        const double du = d.centroid.u - walker.x;
        const double dv = d.centroid.v - walker.y;
        const auto& c = d.cov_px2;
        const double determinant = c.uu * c.vv - c.uv * c.uv;
        sum += (du * du * c.vv - 2 * du * dv * c.uv + dv * dv * c.uu) / determinant;
        ++detections;
      }
    }
  }
  EXPECT_GE(detections, 300);
  return sum / detections;
}

TEST(Detector, KnowsHowWellItPlacesFaintThings) {
  const double error = mean_normalised_error(5 * 6);
  EXPECT_GT(error, 1);
  EXPECT_LT(error, 3);
}

TEST(Detector, KnowsHowWellItPlacesPlainThings) {
  const double error = mean_normalised_error(30 * 6);
  EXPECT_GT(error, 0.25);
  EXPECT_LT(error, 3);
}

}  // namespace
}  // namespace marsad::detect
