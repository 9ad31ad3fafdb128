// SPDX-License-Identifier: Apache-2.0
#include "detect/registration.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <numbers>
#include <random>

#include "tests/detect/moved_picture.h"
#include "tests/detect/scene.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad::detect {
namespace {

using test::Scene;
using Picture = video::Image<std::uint16_t>;

constexpr double kDeg = std::numbers::pi / 180;

Box all_of(const Picture& picture) { return {0, 0, picture.width(), picture.height()}; }

// Ground without repetition: a sum of bumps of many sizes at random places.
Picture ground(int width, int height, double contrast, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> even(0, 1);
  video::Image<double> heights(width, height, 7000.0);
  for (int i = 0; i < width * height / 60; ++i) {
    const double size = 1.5 + 8 * even(random) * even(random);
    const double x = even(random) * width;
    const double y = even(random) * height;
    const double peak = contrast * (2 * even(random) - 1);
    const int reach = static_cast<int>(3 * size);
    for (int v = std::max(0, static_cast<int>(y) - reach);
         v < std::min(height, static_cast<int>(y) + reach); ++v)
      for (int u = std::max(0, static_cast<int>(x) - reach);
           u < std::min(width, static_cast<int>(x) + reach); ++u)
        heights.at(u, v) +=
            peak * std::exp(-0.5 * ((u - x) * (u - x) + (v - y) * (v - y)) / (size * size));
  }
  Picture picture(width, height);
  for (std::size_t i = 0; i < picture.pixels().size(); ++i)
    picture.pixels()[i] = static_cast<std::uint16_t>(heights.pixels()[i]);
  return picture;
}

constexpr Box kCrop{60, 50, 320, 256};

struct World {
  Picture whole = ground(440, 356, 120, 5);
  std::mt19937 random{11};
  Picture frame(const Similarity& moved, const test::Counts& counts) {
    return test::moved_crop(whole, kCrop, moved, counts, random);
  }
};

Registrar registrar_of(const Picture& reference) {
  Registrar registrar;
  registrar.set_reference(reference, all_of(reference));
  return registrar;
}

TEST(Registrar, FindsMotionGainAndOffset) {
  World world;
  const Registrar registrar = registrar_of(world.frame({}, {1, 0, 5}));
  for (const Similarity& truth :
       {Similarity{}, Similarity{0.4, -0.3, 0, 1}, Similarity{7.6, -8, 0, 1},
        Similarity{-3, 2, 1 * kDeg, 1.01}, Similarity{64, -40, 0, 1},
        Similarity{-50, 30, 5 * kDeg, 0.95}, Similarity{20, 40, -4 * kDeg, 1.05}}) {
    const auto found = registrar.register_frame(world.frame(truth, {1.2, -900, 5}), {});
    ASSERT_TRUE(found) << truth.shift_x_px;
    EXPECT_LT(test::distance_px(found->similarity, truth, 320, 256), 0.1) << truth.shift_x_px;
    EXPECT_NEAR(found->similarity.shift_x_px, truth.shift_x_px, 0.05);
    EXPECT_NEAR(found->similarity.shift_y_px, truth.shift_y_px, 0.05);
    EXPECT_NEAR(found->gain, 1.2, 0.04);
    EXPECT_NEAR(found->gain * 7000 + found->offset, 1.2 * 7000 - 900, 5);
  }
}

TEST(Registrar, FindsTheMotionBesideAGoodGuess) {
  World world;
  const Registrar registrar = registrar_of(world.frame({}, {1, 0, 5}));
  const Similarity truth{41.3, -20.8, 3 * kDeg, 1.02};
  const auto found =
      registrar.register_frame(world.frame(truth, {1, 0, 5}), {41, -21, 2.95 * kDeg, 1.021});
  ASSERT_TRUE(found);
  EXPECT_LT(test::distance_px(found->similarity, truth, 320, 256), 0.05);
}

TEST(Registrar, IsTwentyTimesFinerThanAPixelWhereNoiseIsAQuarterOfTheContrast) {
  World world;
  const Registrar registrar = registrar_of(world.frame({}, {1, 0, 0}));
  std::uniform_real_distribution<double> even(-2, 2);
  double squares = 0;
  for (int i = 0; i < 10; ++i) {
    const Similarity truth{even(world.random), even(world.random), 0, 1};
    const auto found = registrar.register_frame(world.frame(truth, {1, 0, 30}), {});
    ASSERT_TRUE(found);
    squares += std::pow(found->similarity.shift_x_px - truth.shift_x_px, 2) +
               std::pow(found->similarity.shift_y_px - truth.shift_y_px, 2);
  }
  EXPECT_LT(std::sqrt(squares / 20), 0.05);
}

TEST(Registrar, ItsCovarianceTellsHowFarOffItIs) {
  World world;
  const Registrar registrar = registrar_of(world.frame({}, {1, 0, 0}));
  double squares = 0;
  double expected = 0;
  for (int i = 0; i < 20; ++i) {
    const auto found =
        registrar.register_frame(world.frame({1.5, -0.6, 0, 1}, {1, 0, 40}), {1.5, -0.6, 0, 1});
    ASSERT_TRUE(found);
    squares += std::pow(found->similarity.shift_x_px - 1.5, 2);
    expected += found->agreement.cov_px2.uu;
  }
  EXPECT_LT(squares, 4 * expected);
}

TEST(Registrar, IsNotDraggedAlongByMoversOnAFifthOfThePicture) {
  World world;
  const Picture reference = world.frame({}, {1, 0, 5});
  const Registrar registrar = registrar_of(reference);
  const Similarity truth{2.4, -1.7, 0.5 * kDeg, 1};
  Picture frame = world.frame(truth, {1, 0, 5});
  // Sixteen hot blocks of 32 by 32 pixels with a pattern of their own.
  for (int i = 0; i < 16; ++i)
    for (int v = 0; v < 32; ++v)
      for (int u = 0; u < 32; ++u)
        frame.at(20 + 75 * (i % 4) + u, 15 + 60 * (i / 4) + v) =
            static_cast<std::uint16_t>(8500 + 40 * ((u * v) % 13));
  const auto found = registrar.register_frame(frame, {});
  ASSERT_TRUE(found);
  EXPECT_LT(test::distance_px(found->similarity, truth, 320, 256), 0.1);
}

TEST(Registrar, RegistersNothingToAPictureOfNoise) {
  Scene scene(320, 256);
  const Registrar registrar = registrar_of(scene.frame().counts);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(registrar.register_frame(scene.frame().counts, {}));
}

TEST(Registrar, RegistersNothingToAnEvenPicture) {
  const Picture even(320, 256, 7000);
  EXPECT_FALSE(registrar_of(even).register_frame(even, {}));
}

TEST(Registrar, RegistersNeitherAShutterNorAnotherPlace) {
  World world;
  const Registrar registrar = registrar_of(world.frame({}, {1, 0, 5}));
  EXPECT_FALSE(registrar.register_frame(Picture(320, 256, 7000), {}));
  World other;
  for (unsigned seed = 20; seed < 26; ++seed) {
    other.whole = ground(440, 356, 120, seed);
    EXPECT_FALSE(registrar.register_frame(other.frame({}, {1, 0, 5}), {})) << seed;
  }
}

TEST(Registrar, DoesNotBelieveAStraightEdge) {
  Scene scene(320, 256);
  Picture reference = scene.frame().counts;
  Picture frame = scene.frame().counts;
  for (int y = 150; y < 256; ++y)
    for (int x = 0; x < 320; ++x) {
      reference.at(x, y) = static_cast<std::uint16_t>(reference.at(x, y) + 400);
      if (y >= 152) frame.at(x, y) = static_cast<std::uint16_t>(frame.at(x, y) + 400);
    }
  EXPECT_FALSE(registrar_of(reference).register_frame(frame, {}));
}

TEST(Registrar, LeavesOutBlackBorders) {
  World world;
  const auto bordered = [](Picture picture) {
    for (int y = 0; y < picture.height(); ++y)
      for (int x = 0; x < picture.width(); ++x)
        if (x < 40 || x >= 280) picture.at(x, y) = 16;
    return picture;
  };
  Registrar registrar;
  registrar.set_reference(bordered(world.frame({}, {1, 0, 5})), {40, 0, 240, 256});
  const Similarity truth{30, -20, 2 * kDeg, 1};
  const auto found = registrar.register_frame(bordered(world.frame(truth, {1, 0, 5})), {});
  ASSERT_TRUE(found);
  EXPECT_LT(test::distance_px(found->similarity, truth, 320, 256), 0.1);
}

TEST(Registrar, TakesNoFrameOfAnotherSizeAndNoneBeforeItsReference) {
  const Picture picture = ground(160, 128, 100, 3);
  EXPECT_FALSE(Registrar().register_frame(picture, {}));
  EXPECT_FALSE(registrar_of(picture).register_frame(Picture(80, 60), {}));
}

TEST(Registrar, GivesTheSameBitsForTheSamePictures) {
  World world;
  const Picture reference = world.frame({}, {1, 0, 5});
  const Picture frame = world.frame({30, 12, 0.02, 1.01}, {1, 0, 5});
  const auto once = registrar_of(reference).register_frame(frame, {});
  const auto again = registrar_of(reference).register_frame(frame, {});
  ASSERT_TRUE(once && again);
  EXPECT_EQ(once->similarity, again->similarity);
}

// Two frames of a real recording, the second moved: noise and movers are real.
void expect_registered(const char* recording, std::size_t first, std::size_t second, double counts,
                       double within_px) {
  const auto path = test::real_data(recording);
  if (!path) GTEST_SKIP() << "needs the real data (MARSAD_DATA)";
  auto source = video::open_source({{}, path->string(), {}, {}});
  ASSERT_TRUE(source);
  std::vector<Picture> pictures;
  while (pictures.size() <= second) {
    const video::Event event = (*source)->next({});
    ASSERT_FALSE(std::holds_alternative<video::End>(event));
    if (const auto* frame = std::get_if<video::Frame>(&event)) pictures.push_back(frame->counts);
  }
  for (Picture& picture : pictures)
    for (std::uint16_t& count : picture.pixels())
      count = static_cast<std::uint16_t>(count * counts);
  const Picture& whole = pictures[first];
  const Box box{whole.width() / 6, whole.height() / 6, 2 * whole.width() / 3,
                2 * whole.height() / 3};
  std::mt19937 random(2);
  const Registrar registrar = registrar_of(test::moved_crop(whole, box, {}, {}, random));
  for (const Similarity& truth :
       {Similarity{1.3, -0.7, 0, 1}, Similarity{-7.5, 6, 1 * kDeg, 1.01},
        Similarity{0.2 * box.width, -0.15 * box.height, -4 * kDeg, 1.04}}) {
    const auto found = registrar.register_frame(
        test::moved_crop(pictures[second], box, truth, {1.1, 300, 0}, random), {});
    ASSERT_TRUE(found) << truth.shift_x_px;
    EXPECT_LT(test::distance_px(found->similarity, truth, box.width, box.height), within_px);
  }
}

TEST(Registrar, RegistersADesert) {
  expect_registered("thermal/remote-scene-ir/Sequence_1/input", 20, 22, 64, 0.15);
}
TEST(Registrar, RegistersASteppe) {
  expect_registered("thermal/remote-scene-ir/Sequence_5/input", 20, 22, 64, 0.15);
}
TEST(Registrar, RegistersRawPicturesOfASmallCamera) {
  expect_registered("thermal/cacophony-cptv/cptv/cat.cptv", 5, 7, 1, 0.15);
}

}  // namespace
}  // namespace marsad::detect
