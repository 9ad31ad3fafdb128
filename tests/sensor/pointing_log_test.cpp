// SPDX-License-Identifier: Apache-2.0
#include "sensor/pointing_log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace marsad::sensor {
namespace {

using geo::degrees;
using geo::radians;

const Pose kSite{{radians(34), radians(41), 300}, radians(90), radians(-1), radians(0.5)};
const base::Time kFirst = base::parse_iso8601("2026-11-22T03:00:00Z").value();

base::Result<PointingLog> read(const std::string& text) {
  std::istringstream in(text);
  return PointingLog::read(in, "turns.csv");
}

std::string error_of(const std::string& text) {
  const auto log = read(text);
  return log ? "no error" : to_string(log.error());
}

std::optional<Pose> after(const PointingLog& log, double seconds) {
  return log.at(kFirst + base::from_seconds(seconds), kFirst, kSite);
}

TEST(PointingLog, TellsThePoseBetweenItsRowsInProportion) {
  const auto log = read(
      "since_start_s,azimuth_deg,elevation_deg,roll_deg\n0,100,-2,1\n10,110,-1,2\n30,110,-1,2\n");
  ASSERT_TRUE(log);
  const auto pose = after(*log, 2.5);
  ASSERT_TRUE(pose);
  EXPECT_NEAR(degrees(pose->azimuth_rad), 102.5, 1e-9);
  EXPECT_NEAR(degrees(pose->elevation_rad), -1.75, 1e-9);
  EXPECT_NEAR(degrees(pose->roll_rad), 1.25, 1e-9);
  EXPECT_EQ(pose->position, kSite.position);
  EXPECT_NEAR(degrees(after(*log, 0)->azimuth_rad), 100, 1e-9);
  EXPECT_NEAR(degrees(after(*log, 30)->azimuth_rad), 110, 1e-9);
}

TEST(PointingLog, GoesTheShortWayThroughNorth) {
  const auto log = read(
      "since_start_s,azimuth_deg,elevation_deg,roll_deg\n0,359,0,179\n2,1,0,-179\n4,358,0,180\n");
  ASSERT_TRUE(log);
  EXPECT_NEAR(degrees(std::remainder(after(*log, 1)->azimuth_rad, radians(360))), 0, 1e-9);
  EXPECT_NEAR(std::abs(degrees(after(*log, 1)->roll_rad)), 180, 1e-9);
  EXPECT_NEAR(degrees(std::remainder(after(*log, 3)->azimuth_rad, radians(360))), -0.5, 1e-9);
}

TEST(PointingLog, TellsNothingBeforeAndAfterItsRows) {
  const auto log = read("since_start_s,azimuth_deg,elevation_deg\n1,100,-2\n2,110,-1\n");
  ASSERT_TRUE(log);
  EXPECT_FALSE(after(*log, 0.999));
  EXPECT_TRUE(after(*log, 1));
  EXPECT_TRUE(after(*log, 2));
  EXPECT_FALSE(after(*log, 2.001));
  EXPECT_EQ(log->span(), "1.000 to 2.000 s after the first frame");
}

TEST(PointingLog, TimesAreUtcAsIso8601OrSecondsSince1970) {
  for (const char* text :
       {"t,azimuth_deg,elevation_deg\n2026-11-22T03:00:00Z,100,-2\n"
        "2026-11-22T03:00:10.5Z,121,-2\n",
        "t,azimuth_deg,elevation_deg\n1795316400,100,-2\n1795316410.5,121,-2\n"}) {
    const auto log = read(text);
    ASSERT_TRUE(log) << to_string(log.error());
    EXPECT_NEAR(degrees(after(*log, 5)->azimuth_rad), 110, 1e-6) << text;
    EXPECT_EQ(log->span(), "2026-11-22T03:00:00.000Z to 2026-11-22T03:00:10.500Z");
  }
}

TEST(PointingLog, WhatItDoesNotTellIsTheSites) {
  const auto log = read("since_start_s,azimuth_deg,elevation_deg\n0,10,-2\n9,20,-2\n");
  ASSERT_TRUE(log);
  EXPECT_EQ(after(*log, 4)->roll_rad, kSite.roll_rad);
  EXPECT_EQ(after(*log, 4)->position, kSite.position);
}

TEST(PointingLog, TellsWhereACameraThatTravelsIs) {
  const auto log = read(
      "since_start_s,azimuth_deg,elevation_deg,lat,lon,height_m\n0,1,0,34,41,500\n4,1,0,36,45,"
      "700\n");
  ASSERT_TRUE(log);
  const auto pose = after(*log, 1);
  EXPECT_NEAR(degrees(pose->position.lat_rad), 34.5, 1e-9);
  EXPECT_NEAR(degrees(pose->position.lon_rad), 42, 1e-9);
  EXPECT_NEAR(pose->position.height_m, 550, 1e-9);
}

TEST(PointingLog, AnErrorNamesFileLineFoundAndExpected) {
  EXPECT_EQ(error_of(""), "turns.csv: empty; expected a header line with column names");
  EXPECT_EQ(error_of("t,azimuth_deg\n"),
            "turns.csv:1: no column 'elevation_deg'; found 't,azimuth_deg'");
  EXPECT_EQ(error_of("azimuth_deg,elevation_deg\n"),
            "turns.csv:1: expected either a column t (UTC) or since_start_s");
  EXPECT_EQ(error_of("t,since_start_s,azimuth_deg,elevation_deg\n"),
            "turns.csv:1: expected either a column t (UTC) or since_start_s");
  EXPECT_EQ(error_of("t,azimuth_deg,elevation_deg,lat,lon\n"),
            "turns.csv:1: expected all of lat, lon and height_m, or none of them");
  EXPECT_EQ(error_of("t,azimuth_deg,elevation_deg\n"),
            "turns.csv:1: no row; expected at least one");
  EXPECT_EQ(error_of("t,azimuth_deg,elevation_deg\nnoon,1,2\n"),
            "turns.csv:2: t is 'noon'; expected UTC like 2026-11-22T03:12:05Z, or seconds since "
            "1970");
  EXPECT_EQ(error_of("since_start_s,azimuth_deg,elevation_deg\n0,1,2\n1,400,2\n"),
            "turns.csv:3: azimuth_deg is 400; expected -360 to 360");
  EXPECT_EQ(error_of("since_start_s,azimuth_deg,elevation_deg\n0,1,x\n"),
            "turns.csv:2: elevation_deg is 'x'; expected a number");
  EXPECT_EQ(error_of("since_start_s,azimuth_deg,elevation_deg\n0,1,2\n5,1,2\n5,1,2\n"),
            "turns.csv:4: the time is 0 s after that of the row before; expected a later one");
  EXPECT_EQ(error_of("since_start_s,azimuth_deg,elevation_deg\n0,1\n"),
            "turns.csv:2: 2 cells; expected 3");
}

}  // namespace
}  // namespace marsad::sensor
