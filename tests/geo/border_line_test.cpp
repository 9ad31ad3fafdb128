// SPDX-License-Identifier: Apache-2.0
#include "geo/border_line.h"

#include <gmock/gmock.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>

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

// 600 km from north-east to south-west in stretches of some kilometres, never quite straight.
std::vector<Geodetic> long_border() {
  std::vector<Geodetic> vertices;
  for (int i = 0; i <= 100; ++i) {
    const double t = i / 100.0;
    vertices.push_back(
        {radians(37.2 - 3.9 * t + 0.02 * std::sin(40 * t)), radians(42.4 - 3.6 * t), 0});
  }
  return vertices;
}

TEST(BorderLine, MeasuresALineOf600KilometresAsTheGeodesicDoes) {
  const auto& earth = GeographicLib::Geodesic::WGS84();
  const std::vector<Geodetic> vertices = long_border();
  const BorderLine line = *BorderLine::make(vertices, false);
  double along_m = 0;
  for (std::size_t i = 0; i + 1 < vertices.size(); ++i) {
    const Geodetic &a = vertices[i], &b = vertices[i + 1];
    double stretch_m = 0, azimuth_deg = 0, at_b_deg = 0;
    earth.Inverse(degrees(a.lat_rad), degrees(a.lon_rad), degrees(b.lat_rad), degrees(b.lon_rad),
                  stretch_m, azimuth_deg, at_b_deg);
    // Halfway, then 3 km to the right, where home is, and up on a hill.
    double lat_deg = 0, lon_deg = 0, there_deg = 0;
    earth.Direct(degrees(a.lat_rad), degrees(a.lon_rad), azimuth_deg, stretch_m / 2, lat_deg,
                 lon_deg, there_deg);
    earth.Direct(lat_deg, lon_deg, there_deg + 90, 3000, lat_deg, lon_deg);
    const Chainage at_home = line.chainage({radians(lat_deg), radians(lon_deg), 900});
    EXPECT_NEAR(at_home.s_m, along_m + stretch_m / 2, 0.1);
    EXPECT_NEAR(at_home.d_m, 3000, 0.1);
    along_m += stretch_m;
  }
  EXPECT_NEAR(line.length_m(), along_m, 0.1);
}

TEST(BorderLine, TellsTheSameOfAPlaceWhateverItsHeight) {
  const BorderLine line = *BorderLine::make(long_border(), false);
  Geodetic place = line.at(20'000);
  place.lon_rad += radians(0.01);
  const Chainage low = line.chainage(place);
  place.height_m = 3000;
  EXPECT_NEAR(line.chainage(place).d_m, low.d_m, 1e-6);
  Geodetic beyond = place;
  beyond.lon_rad -= radians(0.02);
  const auto crossing = line.crossing(place, beyond);
  ASSERT_TRUE(crossing);
  EXPECT_NEAR(line.chainage(line.at(crossing->s_m)).s_m, crossing->s_m, 0.01);
  EXPECT_NEAR(crossing->fraction, 0.5, 0.01);
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
