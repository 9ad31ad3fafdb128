// SPDX-License-Identifier: Apache-2.0
#include "plan/night.h"

#include <gtest/gtest.h>

#include <cmath>

namespace marsad::plan {
namespace {

using namespace std::chrono_literals;

geo::Geodetic place(double lat_deg, double lon_deg) {
  return {geo::radians(lat_deg), geo::radians(lon_deg), 0};
}

base::Time time(const char* text) { return *base::parse_iso8601(text); }

double minutes_off(base::Time found, const char* published) {
  return std::abs(base::to_seconds(found - time(published))) / 60;
}

// Greenwich: the almanac's times of the solstices of 2024 at 51.48° N, 0° E.
TEST(Night, BeginsAtSunsetAndEndsAtSunrise) {
  const auto june =
      nights(time("2024-06-20T22:00:00Z"), time("2024-06-20T23:00:00Z"), place(51.48, 0));
  ASSERT_EQ(june.size(), 1U);
  EXPECT_LT(minutes_off(june[0].begin, "2024-06-20T20:21:00Z"), 2);
  EXPECT_LT(minutes_off(june[0].end, "2024-06-21T03:43:00Z"), 2);
  const auto december =
      nights(time("2024-12-21T22:00:00Z"), time("2024-12-21T23:00:00Z"), place(51.48, 0));
  ASSERT_EQ(december.size(), 1U);
  EXPECT_LT(minutes_off(december[0].begin, "2024-12-21T15:53:00Z"), 2);
  EXPECT_LT(minutes_off(december[0].end, "2024-12-22T08:04:00Z"), 2);
}

TEST(Night, IsNamedByTheDateOfItsEveningThere) {
  // 180 degrees east of Greenwich the evening of the 22nd begins in the morning, UTC.
  const auto east =
      nights(time("2026-11-22T08:00:00Z"), time("2026-11-22T09:00:00Z"), place(0, 179));
  ASSERT_EQ(east.size(), 1U);
  EXPECT_EQ(east[0].evening, std::chrono::year(2026) / 11 / 22);
  const auto west =
      nights(time("2026-11-23T02:00:00Z"), time("2026-11-23T03:00:00Z"), place(31.8, -106));
  ASSERT_EQ(west.size(), 1U);
  EXPECT_EQ(west[0].evening, std::chrono::year(2026) / 11 / 22);
}

TEST(Night, FollowsTheOneBeforeWithADayBetween) {
  const auto found =
      nights(time("2026-03-01T00:00:00Z"), time("2026-03-31T00:00:00Z"), place(34, 41));
  ASSERT_GE(found.size(), 30U);
  for (std::size_t i = 1; i < found.size(); ++i) {
    EXPECT_EQ(std::chrono::sys_days(found[i].evening),
              std::chrono::sys_days(found[i - 1].evening) + std::chrono::days(1));
    EXPECT_GT(found[i].begin - found[i - 1].end, 10h);
    EXPECT_LT(found[i].end - found[i].begin, 14h);
  }
}

TEST(Night, IsNotWhereTheSunDoesNotSetAndEndlessWhereItDoesNotRise) {
  EXPECT_TRUE(
      nights(time("2026-06-21T00:00:00Z"), time("2026-06-22T00:00:00Z"), place(75, 20)).empty());
  const auto dark =
      nights(time("2026-12-21T00:00:00Z"), time("2026-12-21T01:00:00Z"), place(75, 20));
  ASSERT_EQ(dark.size(), 1U);
  EXPECT_NEAR(base::to_seconds(dark[0].end - dark[0].begin) / 3600, 24, 0.1);
}

}  // namespace
}  // namespace marsad::plan
