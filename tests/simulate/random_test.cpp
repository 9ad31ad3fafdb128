// SPDX-License-Identifier: Apache-2.0
#include "simulate/random.h"

#include <gtest/gtest.h>

#include <cmath>

namespace marsad::simulate {
namespace {

TEST(Random, GaussiansHaveMeanZeroAndSigmaOne) {
  double sum = 0, sum2 = 0;
  constexpr int kCount = 100'000;
  for (int i = 0; i < kCount; ++i) {
    const double g = gaussian(hash(3, i));
    sum += g;
    sum2 += g * g;
  }
  EXPECT_NEAR(sum / kCount, 0, 0.015);
  EXPECT_NEAR(sum2 / kCount, 1, 0.02);
}

TEST(Random, UniformNumbersFillTheirRangeEvenly) {
  int below_quarter = 0;
  for (int i = 0; i < 40'000; ++i) {
    const double x = between(2, 6, hash(9, i));
    ASSERT_TRUE(x >= 2 && x < 6);
    below_quarter += x < 3 ? 1 : 0;
  }
  EXPECT_NEAR(below_quarter, 10'000, 400);
}

TEST(Random, TheOrderOfKeysMatters) {
  EXPECT_NE(hash(1, 2, 3), hash(1, 3, 2));
  EXPECT_NE(hash_text("T1"), hash_text("T2"));
  EXPECT_NE(hash_text("ab"), hash_text("ba"));
}

TEST(GradientNoise, IsSmoothAndBounded) {
  for (double x = -30; x < 30; x += 0.37) {
    for (double y = -5; y < 5; y += 0.41) {
      const double here = gradient_noise(5, x, y);
      ASSERT_LE(std::abs(here), 1);
      ASSERT_LT(std::abs(gradient_noise(5, x + 0.001, y) - here), 0.01);
    }
  }
}

// Pinned, since what is made from a seed must be the same on every machine.
TEST(GradientNoise, IsTheSameOnEveryMachine) {
  EXPECT_EQ(hash(1, 2, 3), 0xd0734750fde362b3);
  EXPECT_EQ(gradient_noise(1, 0.25, 0.75), 0x1.af3a450710faep-2);
  EXPECT_EQ(gradient_noise(42, -13.5, 1000.125), 0x1.53a792dc9047ap-1);
}

}  // namespace
}  // namespace marsad::simulate
