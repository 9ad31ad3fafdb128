// SPDX-License-Identifier: Apache-2.0
#include "track/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <utility>

#include "tests/track/world.h"

namespace marsad::track {
namespace {

using test::plane;
using testing::HasSubstr;

const std::string kHeader = "t,sensor,e,n,var_e,var_n,cov_en\n";

base::Result<std::vector<Scan>> read(const std::string& text) {
  std::istringstream in(text);
  return read_plots(in, "plots.csv", plane());
}

TEST(PlotTable, GroupsRowsOfOneTimeAndSensorIntoAScan) {
  const auto scans = read(kHeader +
                          "0.000,A,1,2,4,5,1\n"
                          "0.000,B,3,4,4,5,1\n"
                          "0.000,A,5,6,4,5,1\n"
                          "2.000,A,7,8,4,5,1\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  ASSERT_EQ(scans->size(), 3U);
  EXPECT_EQ((*scans)[0].sensor, sensor::SensorId{"A"});
  EXPECT_EQ((*scans)[0].plots.size(), 2U);
  EXPECT_EQ((*scans)[1].sensor, sensor::SensorId{"B"});
  EXPECT_EQ((*scans)[2].time, test::at(2));
  EXPECT_EQ((*scans)[0].plots[0].cov_m2, (geo::CovEn{4, 1, 5}));
}

TEST(PlotTable, KeepsPlacesToTheMillimetre) {
  const auto scans = read(kHeader + "0,A,15123.457,-3987.123,4,5,1\n");
  ASSERT_TRUE(scans);
  const geo::Enu place = plane().to_enu(*scans->at(0).plots.at(0).place);
  EXPECT_NEAR(place.east, 15123.457, 1e-4);
  EXPECT_NEAR(place.north, -3987.123, 1e-4);
}

TEST(PlotTable, TakesDegreesInstead) {
  const auto scans = read("lat,lon,t,sensor,var_e,var_n,cov_en,frame\n35.5,41.25,0,A,4,5,1,17\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  EXPECT_NEAR(geo::degrees(scans->at(0).plots.at(0).place->lat_rad), 35.5, 1e-12);
  EXPECT_NEAR(geo::degrees(scans->at(0).plots.at(0).place->lon_rad), 41.25, 1e-12);
}

TEST(PlotTable, OfNoRowsIsNoScans) {
  const auto scans = read(kHeader);
  ASSERT_TRUE(scans);
  EXPECT_TRUE(scans->empty());
}

struct BadTable {
  std::string text;
  std::string complaint;
};

TEST(PlotTable, SaysWhatIsWrongAndWhere) {
  const BadTable bad[] = {
      {"", "plots.csv: empty"},
      {"t,sensor,e,n,var_e,var_n\n", "no column 'cov_en'"},
      {"t,sensor,e,var_e,var_n,cov_en\n", "no columns e,n or lat,lon"},
      {kHeader + "0,A,1,2,4,5,1\n-1,A,1,2,4,5,1\n", "plots.csv:3: t is -1, earlier"},
      {kHeader + "0,A,1,2,-4,5,1\n", "plots.csv:2: var_e is -4; expected a variance above 0"},
      {kHeader + "0,A,1,2,4,0,1\n", "var_n is 0"},
      {kHeader + "0,A,1,2,4,4,5\n", "cov_en is 5; expected less than"},
      {kHeader + "0,A,nan,2,4,5,1\n", "e is 'nan'; expected a number"},
      {kHeader + "0,A,1,inf,4,5,1\n", "n is 'inf'"},
      {kHeader + "1e30,A,1,2,4,5,1\n", "t is 1e+30"},
      {kHeader + "0,A,1e9,2,4,5,1\n", "e is 1000000000"},
      {kHeader + "0,A,1,2,4,5\n", "6 cells; expected 7"},
      {"t,sensor,lat,lon,var_e,var_n,cov_en\n0,A,95,2,4,5,1\n", "lat is 95"},
  };
  for (const BadTable& table : bad) {
    const auto scans = read(table.text);
    ASSERT_FALSE(scans) << table.text;
    EXPECT_THAT(to_string(scans.error()), HasSubstr(table.complaint)) << table.text;
  }
}

TEST(TrackTable, HasARowForEachConfirmedTrackAtEachTime) {
  std::string text = kHeader;
  for (int t = 0; t < 10; ++t) {
    text += std::to_string(t) + ",A," + std::to_string(1.5 * t) + ",10,4,4,0\n";
    text += std::to_string(t) + ",B," + std::to_string(1.5 * t) + ",10,4,4,0\n";
  }
  const auto scans = read(text);
  ASSERT_TRUE(scans);
  Tracker tracker({}, plane());
  std::ostringstream out;
  track_scans(tracker, *scans, plane(), out);
  std::istringstream lines(out.str());
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "t,id,e,n,ve,vn,lat,lon,existence,class");
  std::getline(lines, line);
  EXPECT_THAT(line, testing::StartsWith("1.000,1,"));
  int rows = 1;
  std::string last = line;
  while (std::getline(lines, line)) {
    last = line;
    ++rows;
  }
  EXPECT_EQ(rows, 9);
  EXPECT_THAT(last, testing::StartsWith("9.000,1,13."));
  EXPECT_THAT(last, testing::EndsWith(",unknown"));
}

}  // namespace
}  // namespace marsad::track
