// SPDX-License-Identifier: Apache-2.0
#include "simulate/air.h"

#include <gtest/gtest.h>

namespace marsad::simulate {
namespace {

constexpr double kSlopes[] = {-0.2, 0, 0.01, 0.1, 1};

Air hazy() {
  Weather weather;
  weather.extinction_per_km = 0.5;
  return Air(weather);
}

TEST(Air, TakesTheSameOfContrastBeforeSkyAndGround) {
  const Air air = hazy();
  for (const double slope : kSlopes) {
    const double behind = air.sky(slope);
    EXPECT_NEAR(air.seen(behind + 300, 2000, slope) - behind, 300 * air.transmission(2000), 1e-9)
        << slope;
  }
}

TEST(Air, HidesWhatIsAsWarmAsTheSkyBehindIt) {
  const Air air = hazy();
  for (const double slope : kSlopes) {
    EXPECT_DOUBLE_EQ(air.seen(air.sky(slope), 3000, slope), air.sky(slope));
  }
}

TEST(Air, TakesAsMuchInTwoPartsOfAWayAsInAll) {
  const Air air = hazy();
  for (const double slope : kSlopes) {
    EXPECT_NEAR(air.seen(air.seen(9000, 1200, slope), 2300, slope), air.seen(9000, 3500, slope),
                1e-6);
  }
}

TEST(Air, ShowsWhatIsNearAsItIs) { EXPECT_EQ(hazy().seen(8123, 0, 0.05), 8123); }

}  // namespace
}  // namespace marsad::simulate
