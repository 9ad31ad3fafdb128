// SPDX-License-Identifier: Apache-2.0
#include "base/large_pages.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace marsad::base {
namespace {

TEST(LargePages, AreMemoryLikeAnyOther) {
  for (const std::size_t count : {0UL, 1UL, 1000UL, 524'288UL, 3'000'001UL}) {
    auto numbers = reserved_in_large_pages<float>(count);
    EXPECT_TRUE(numbers.empty());
    EXPECT_GE(numbers.capacity(), count);
    const float* first = numbers.data();
    numbers.resize(count, 7.0F);
    EXPECT_EQ(numbers.data(), first);
    EXPECT_EQ(std::ranges::count(numbers, 7.0F), static_cast<std::ptrdiff_t>(count));
  }
}

}  // namespace
}  // namespace marsad::base
