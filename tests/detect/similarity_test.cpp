// SPDX-License-Identifier: Apache-2.0
#include "detect/similarity.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace marsad::detect {
namespace {

constexpr float kUnknown = -1e6F;
constexpr Place kMiddle{159.5, 127.5};

Similarity any_similarity() {
  const auto thousandths = [](int low, int high) { return 0.001 * *rc::gen::inRange(low, high); };
  return {thousandths(-90000, 90000), thousandths(-90000, 90000), thousandths(-3000, 3000),
          thousandths(500, 2000)};
}

Place any_place() { return {1.0 * *rc::gen::inRange(0, 320), 1.0 * *rc::gen::inRange(0, 256)}; }

TEST(Similarity, ItsInverseLeadsBack) {
  EXPECT_TRUE(rc::check([] {
    const Similarity s = any_similarity();
    const Place place = any_place();
    RC_ASSERT(std::abs(apply(inverse(s), kMiddle, apply(s, kMiddle, place)) - place) < 1e-9);
    RC_ASSERT(std::abs(apply(s, kMiddle, apply(inverse(s), kMiddle, place)) - place) < 1e-9);
  }));
}

TEST(Similarity, ComposesAsItIsApplied) {
  EXPECT_TRUE(rc::check([] {
    const Similarity a = any_similarity();
    const Similarity b = any_similarity();
    const Place place = any_place();
    const Place one_after_other = apply(a, kMiddle, apply(b, kMiddle, place));
    RC_ASSERT(std::abs(apply(compose(a, b), kMiddle, place) - one_after_other) < 1e-9);
  }));
}

TEST(Similarity, TurnsXTowardsY) {
  const Place turned = apply({0, 0, std::acos(0.0), 1}, kMiddle, kMiddle + Place(10, 0));
  EXPECT_NEAR(std::abs(turned - (kMiddle + Place(0, 10))), 0, 1e-12);
}

// A plane is the same for every exact interpolation between four pixels.
double plane(Place place) { return 50 + 2 * place.real() - 1.5 * place.imag(); }

TEST(Warp, ShowsAPlaneExactlyAndTheOutsideAsUnknown) {
  EXPECT_TRUE(rc::check([] {
    const int width = *rc::gen::inRange(2, 70);
    const int height = *rc::gen::inRange(2, 50);
    video::Image<float> source(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) source.at(x, y) = static_cast<float>(plane(Place(x, y)));
    Similarity s = any_similarity();
    s.shift_x_px *= 0.5;
    s.shift_y_px *= 0.5;
    video::Image<float> out(width, height);
    warp(source, s, kUnknown, out);
    const Place middle = middle_of(width, height);
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const Place from = apply(s, middle, Place(x, y));
        const double inside =
            std::min({from.real(), from.imag(), width - 1 - from.real(), height - 1 - from.imag()});
        if (inside > 1e-4) RC_ASSERT(std::abs(out.at(x, y) - plane(from)) < 0.02);
        if (inside < -1e-4) RC_ASSERT(out.at(x, y) == kUnknown);
      }
  }));
}

TEST(Warp, OfNoMotionIsTheSamePicture) {
  video::Image<std::int16_t> source(17, 11);
  for (std::size_t i = 0; i < source.pixels().size(); ++i)
    source.pixels()[i] = static_cast<std::int16_t>(static_cast<int>(i * 7919 % 65536) - 32768);
  video::Image<std::int16_t> out(17, 11);
  warp<std::int16_t>(source, {}, 0, out);
  EXPECT_EQ(out, source);
}

TEST(Warp, OfWholePixelsMovesThem) {
  video::Image<std::uint16_t> source(9, 6);
  for (std::size_t i = 0; i < source.pixels().size(); ++i)
    source.pixels()[i] = static_cast<std::uint16_t>(65535 - 100 * i);
  video::Image<std::uint16_t> out(9, 6);
  warp<std::uint16_t>(source, {2, -1, 0, 1}, 7, out);
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 9; ++x) {
      const bool known = x + 2 < 9 && y - 1 >= 0;
      EXPECT_EQ(out.at(x, y), known ? source.at(x + 2, y - 1) : 7) << x << ' ' << y;
    }
}

}  // namespace
}  // namespace marsad::detect
