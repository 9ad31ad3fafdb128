// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace marsad::detect::kernels {
namespace {

std::vector<float> random_row(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> row(size);
  for (float& value : row) value = static_cast<float>(random() % 1000);
  return row;
}

// Widths around those of vectors, so that what is left of a row is seen too.
constexpr std::size_t kWidths[] = {9, 16, 17, 31, 100};

TEST(SmallTargetKernels, SortColumnsSortsEachColumn) {
  for (const std::size_t columns : {1UL, 3UL, 16UL, 37UL}) {
    for (const std::size_t rows : {1UL, 2UL, 8UL, 64UL}) {
      std::vector<float> table = random_row(columns * rows, 1);
      const std::vector<float> before = table;
      sort_columns(table, columns);
      for (std::size_t x = 0; x < columns; ++x) {
        std::vector<float> expected;
        std::vector<float> got;
        for (std::size_t y = 0; y < rows; ++y) {
          expected.push_back(before[y * columns + x]);
          got.push_back(table[y * columns + x]);
        }
        std::sort(expected.begin(), expected.end());
        EXPECT_EQ(got, expected) << columns << " by " << rows;
      }
    }
  }
}

TEST(SmallTargetKernels, HalveTakesTheMeanOfFour) {
  for (const std::size_t width : kWidths) {
    const auto upper = random_row(width, 2);
    const auto lower = random_row(width, 3);
    std::vector<float> out(width / 2);
    halve(upper, lower, out);
    for (std::size_t x = 0; x < out.size(); ++x)
      EXPECT_EQ(out[x], (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]) / 4);
  }
}

TEST(SmallTargetKernels, SmoothWeighsByOneTwoOne) {
  for (const std::size_t width : kWidths) {
    const auto above = random_row(width, 4);
    const auto here = random_row(width, 5);
    const auto below = random_row(width, 6);
    std::vector<float> out(width, -1);
    smooth(above, here, below, out);
    const auto column = [&](std::size_t x) { return above[x] + 2 * here[x] + below[x]; };
    EXPECT_EQ(out.front(), 0);
    EXPECT_EQ(out.back(), 0);
    for (std::size_t x = 1; x + 1 < width; ++x)
      EXPECT_EQ(out[x], (column(x - 1) + 2 * column(x) + column(x + 1)) / 16);
  }
}

TEST(SmallTargetKernels, StandOutComparesWithTheWarmestAndTheColdestAround) {
  constexpr std::size_t kReach = 4;
  for (const std::size_t width : kWidths) {
    const auto above = random_row(width, 7);
    const auto here = random_row(width, 8);
    const auto below = random_row(width, 9);
    const std::vector<float> limits(width, 100);
    std::vector<float> over(width);
    std::vector<float> under(width);
    const std::uint32_t told =
        stand_out({above, here, below, static_cast<int>(kReach)}, limits, over, under);
    std::uint32_t counted = 0;
    for (std::size_t x = kReach; x + kReach < width; ++x) {
      const auto [low, high] =
          std::minmax({above[x - kReach], above[x], above[x + kReach], here[x - kReach],
                       here[x + kReach], below[x - kReach], below[x], below[x + kReach]});
      EXPECT_EQ(over[x], here[x] - high);
      EXPECT_EQ(under[x], low - here[x]);
      counted += std::max(over[x], under[x]) >= 100 ? 1U : 0U;
    }
    EXPECT_EQ(told, counted) << width;
  }
}

TEST(SmallTargetKernels, RoughnessIsTheLargerOfAcrossAndDown) {
  constexpr std::size_t kReach = 4;
  for (const std::size_t width : kWidths) {
    const auto above = random_row(width, 10);
    const auto here = random_row(width, 11);
    const auto below = random_row(width, 12);
    std::vector<float> out(width);
    roughness({above, here, below, static_cast<int>(kReach)}, out);
    for (std::size_t x = kReach; x + kReach < width; ++x)
      EXPECT_EQ(out[x], std::max(std::abs(here[x] - (here[x - kReach] + here[x + kReach]) / 2),
                                 std::abs(here[x] - (above[x] + below[x]) / 2)));
  }
}

}  // namespace
}  // namespace marsad::detect::kernels
