// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <gtest/gtest.h>

namespace marsad::base {
namespace {

TEST(Time, WritesMillisecondsAndMicrosecondsOnlyWhereThereAreAny) {
  const Time time = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) +
                    std::chrono::hours(3) + std::chrono::minutes(12) +
                    std::chrono::milliseconds(5'250);
  EXPECT_EQ(to_iso8601(time), "2026-11-22T03:12:05.250Z");
  EXPECT_EQ(to_iso8601(time + Duration(1)), "2026-11-22T03:12:05.250001Z");
}

TEST(Time, ReadsBackWhatItWrites) {
  for (const char* text :
       {"2026-11-22T03:12:05.250Z", "1999-12-31T23:59:59.999999Z", "2024-02-29T00:00:00.000Z"}) {
    const auto time = parse_iso8601(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_iso8601(*time), text);
  }
  EXPECT_EQ(*parse_iso8601("2026-11-22T03:12:05Z"), *parse_iso8601("2026-11-22T03:12:05.000Z"));
}

TEST(Time, RefusesWhatIsNotATimeInUtc) {
  for (const char* text :
       {"", "2026-11-22", "2026-11-22T03:12:05", "2026-13-22T03:12:05Z", "2026-02-30T03:12:05Z",
        "2026-11-22T24:00:00Z", "2026-11-22T03:12:05.Z", "2026-11-22T03:12:05.1234567Z",
        "2026-11-22T03:12:05+03:00", "2026-11-22T03:12:05Zx"}) {
    EXPECT_FALSE(parse_iso8601(text)) << text;
  }
}

}  // namespace
}  // namespace marsad::base
