// SPDX-License-Identifier: Apache-2.0
#include "video/frame_clock.h"

#include <gtest/gtest.h>

#include <chrono>

namespace marsad::video {
namespace {

using namespace std::chrono_literals;

TEST(FrameClock, BeginsAtTheStartAndFollowsTheStamps) {
  FrameClock clock(base::Time(10s), 40ms);
  EXPECT_EQ(clock.time_of(0, 7s), base::Time(10s));
  EXPECT_EQ(clock.time_of(1, 7s + 33ms), base::Time(10s + 33ms));
  EXPECT_EQ(clock.time_of(2, 9s), base::Time(12s));
}

TEST(FrameClock, StepsWhereThereAreNoStamps) {
  FrameClock clock(base::Time(10s), 40ms);
  EXPECT_EQ(clock.time_of(0, {}), base::Time(10s));
  EXPECT_EQ(clock.time_of(3, {}), base::Time(10s + 120ms));
}

TEST(FrameClock, BridgesAMissingStampWithoutShift) {
  FrameClock clock(base::Time(0s), 40ms);
  clock.time_of(0, 100ms);
  EXPECT_EQ(clock.time_of(1, {}), base::Time(40ms));
  EXPECT_EQ(clock.time_of(2, 180ms), base::Time(80ms));
}

TEST(FrameClock, StepsOverADamagedStamp) {
  FrameClock clock(base::Time(0s), 40ms);
  clock.time_of(0, 100s);
  EXPECT_EQ(clock.time_of(1, 1000h), base::Time(40ms));
  EXPECT_EQ(clock.time_of(2, 100s + 80ms), base::Time(80ms));
  EXPECT_EQ(clock.time_of(3, 100s + 120ms), base::Time(120ms));
}

TEST(FrameClock, NeverGoesBack) {
  FrameClock clock(base::Time(0s), 40ms);
  clock.time_of(0, 100s);
  EXPECT_EQ(clock.time_of(1, 5s), base::Time(40ms));
  EXPECT_EQ(clock.time_of(2, 5s), base::Time(80ms));
  EXPECT_EQ(clock.time_of(3, 5s + 50ms), base::Time(130ms));
}

}  // namespace
}  // namespace marsad::video
