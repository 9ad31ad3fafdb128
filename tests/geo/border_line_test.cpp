// SPDX-License-Identifier: Apache-2.0
#include "geo/border_line.h"

#include <gmock/gmock.h>

#include "base/result.h"

namespace marsad::geo {
namespace {

using testing::HasSubstr;

const LocalFrame kFrame(Geodetic{radians(34), radians(41), 0});

Geodetic at(double east, double north) { return kFrame.to_geodetic_at_height(east, north, 0); }

// Runs from 2 km north to 2 km south with a knee at the origin; home is to the west, which is to
// the right of somebody who walks south.
BorderLine knee() { return *BorderLine::make({at(0, 2000), at(0, 0), at(1000, -2000)}, false); }

TEST(BorderLine, CountsChainageFromTheNorthernEndAndIsPositiveAtHome) {
  const BorderLine line = knee();
  const Chainage home = line.chainage(at(-50, 1500));
  EXPECT_NEAR(home.s_m, 500, 0.1);
  EXPECT_NEAR(home.d_m, 50, 0.1);
  EXPECT_NEAR(line.chainage(at(70, 1500)).d_m, -70, 0.1);
}

TEST(BorderLine, MeansTheSameWhicheverEndItWasDrawnFrom) {
  const BorderLine north_first = knee();
  const BorderLine south_first = *BorderLine::make({at(1000, -2000), at(0, 0), at(0, 2000)}, true);
  for (const Geodetic place : {at(-300, 900), at(400, -900), at(-20, -5), at(30, 10)}) {
    const Chainage a = north_first.chainage(place), b = south_first.chainage(place);
    EXPECT_NEAR(a.s_m, b.s_m, 1e-6);
    EXPECT_NEAR(a.d_m, b.d_m, 1e-6);
  }
}

TEST(BorderLine, SaysOnWhichSideHomeIsInTheOrderOfItsOwnVertices) {
  EXPECT_FALSE(knee().home_is_left());
  const BorderLine south_first = *BorderLine::make({at(1000, -2000), at(0, 0), at(0, 2000)}, true);
  EXPECT_FALSE(south_first.home_is_left());
  EXPECT_GT(south_first.vertices().front().lat_rad, south_first.vertices().back().lat_rad);
  EXPECT_TRUE(BorderLine::make({at(0, 2000), at(0, 0)}, true)->home_is_left());
}

TEST(BorderLine, KnowsTheSideAtAKneeWhereTwoStretchesAreEquallyNear) {
  const BorderLine line = knee();
  EXPECT_LT(line.chainage(at(100, 20)).d_m, 0);
  EXPECT_GT(line.chainage(at(-100, -40)).d_m, 0);
}

TEST(BorderLine, FindsWhereAndWhichWayAStepCrosses) {
  const BorderLine line = knee();
  const auto inbound = line.crossing(at(30, 1000), at(-10, 1000));
  ASSERT_TRUE(inbound.has_value());
  EXPECT_NEAR(inbound->s_m, 1000, 0.1);
  EXPECT_NEAR(inbound->fraction, 0.75, 1e-3);
  EXPECT_TRUE(inbound->to_home);
  EXPECT_FALSE(line.crossing(at(-10, 1000), at(30, 1000))->to_home);
  EXPECT_FALSE(line.crossing(at(-10, 1000), at(-30, 1000)).has_value());
}

TEST(BorderLine, AtAndChainageAreInverse) {
  const BorderLine line = knee();
  for (double s = 0; s <= line.length_m(); s += 137) {
    const Chainage back = line.chainage(line.at(s));
    EXPECT_NEAR(back.s_m, s, 1e-3);
    EXPECT_NEAR(back.d_m, 0, 1e-3);
  }
}

TEST(BorderLine, TowardHomeLeadsHome) {
  const BorderLine line = knee();
  for (double s : {100.0, 1900.0, 3000.0}) {
    const Enu on_line = line.frame().to_enu(line.at(s));
    const Geodetic step = line.frame().to_geodetic(on_line + 10 * line.toward_home(s));
    EXPECT_NEAR(line.chainage(step).d_m, 10, 0.01);
  }
}

TEST(BorderLine, RefusesALineThatIsNoLine) {
  EXPECT_THAT(base::to_string(BorderLine::make({at(0, 0)}, true).error()),
              HasSubstr("has 1 distinct point; expected at least 2"));
  EXPECT_THAT(base::to_string(BorderLine::make({at(0, 0), at(0, 0)}, true).error()),
              HasSubstr("1 distinct point"));
  const auto loop = BorderLine::make({at(0, 0), at(1000, 0), at(1000, 1000), at(500, -500)}, true);
  EXPECT_THAT(base::to_string(loop.error()), HasSubstr("crosses itself"));
}

}  // namespace
}  // namespace marsad::geo
