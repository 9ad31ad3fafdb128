// SPDX-License-Identifier: Apache-2.0
#include "track/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <utility>

#include "locate/csv.h"
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

TEST(PlotTable, TakesRowsInTheOrderTheyCame) {
  const auto scans =
      read(kHeader + "2,A,1,2,4,5,1\n0,T10,1,2,4,5,1\n2,A,3,2,4,5,1\n0,T2,1,2,4,5,1\n");
  ASSERT_TRUE(scans);
  ASSERT_EQ(scans->size(), 3U);
  EXPECT_EQ((*scans)[0].sensor.text, "T2");
  EXPECT_EQ((*scans)[1].sensor.text, "T10");
  EXPECT_EQ((*scans)[2].plots.size(), 2U);
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

TEST(PlotTable, TakesDegreesWhereAPlaneHasOneColumnOnly) {
  const auto scans = read("t,sensor,e,lat,lon,var_e,var_n,cov_en\n0,A,7,35.5,41.25,4,5,1\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  EXPECT_NEAR(geo::degrees(scans->at(0).plots.at(0).place->lat_rad), 35.5, 1e-12);
}

TEST(PlotTable, OfNoRowsIsNoScans) {
  const auto scans = read(kHeader);
  ASSERT_TRUE(scans);
  EXPECT_TRUE(scans->empty());
}

const std::string kLocateHeader =
    "t,sensor,lat,lon,var_e,var_n,cov_en,height,bias_e,bias_n,bias_en,bearing_deg,"
    "bearing_sigma_deg,elevation_deg,snr,frame,index,"
    "person,vehicle,animal,aircraft,bird,unknown,kurtosis\n";

TEST(PlotTable, TakesAllThatThePlotTableOfLocateTells) {
  const auto scans = read(kLocateHeader +
                          "1.5,T1,35.5,41.25,4,9,1,310.5,16,25,-2,90,0.1,-1.5,7.25,15,2,"
                          "0.7,0.1,0.1,0,0,0.1,9.5\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  const locate::Plot& plot = scans->at(0).plots.at(0);
  EXPECT_EQ(plot.place->height_m, 310.5);
  EXPECT_EQ(plot.kurtosis, 9.5);
  EXPECT_EQ(plot.bias_cov_m2, (geo::CovEn{16, -2, 25}));
  EXPECT_DOUBLE_EQ(plot.bearing_rad, geo::radians(90));
  EXPECT_DOUBLE_EQ(plot.bearing_sigma_rad, geo::radians(0.1));
  EXPECT_DOUBLE_EQ(plot.elevation_rad, geo::radians(-1.5));
  EXPECT_EQ(plot.snr, 7.25);
  EXPECT_EQ(plot.cause, (locate::Cause{15, 2}));
  EXPECT_EQ(plot.classes, (sensor::ClassProbabilities{0.7, 0.1, 0.1, 0, 0, 0.1}));
}

TEST(PlotTable, HasAScanWithoutPlotsForALookThatFoundNothing) {
  const auto scans = read(kLocateHeader + "3,T1" + std::string(22, ',') + "\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  ASSERT_EQ(scans->size(), 1U);
  EXPECT_EQ(scans->at(0).sensor, sensor::SensorId{"T1"});
  EXPECT_EQ(scans->at(0).time, test::at(3));
  EXPECT_TRUE(scans->at(0).plots.empty());
}

TEST(PlotTable, KeepsABearingWithoutAPlace) {
  const auto scans = read(kLocateHeader + "3,T1,,,,,,,,,,45,0.1,2.5,9,30,0,0,0,0,1,0,0,\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  const locate::Plot& plot = scans->at(0).plots.at(0);
  EXPECT_FALSE(plot.place.has_value());
  EXPECT_DOUBLE_EQ(plot.bearing_rad, geo::radians(45));
  EXPECT_EQ(plot.classes[static_cast<std::size_t>(sensor::MoverClass::aircraft)], 1);
}

TEST(PlotTable, ComesBackAsLocateWroteIt) {
  locate::Plot seen = test::plot(120, -340, {4.1, 0.7, 9.3}, {1, 1, 1});
  seen.place->height_m = 288.125;
  seen.bearing_rad = 1.25;
  seen.bearing_sigma_rad = 0.001;
  seen.elevation_rad = -0.03;
  seen.classes = {0.5, 0.25, 0.25, 0, 0, 0};
  seen.snr = 11.5;
  seen.cause = {77, 3};
  seen.kurtosis = 33.25;
  locate::Plot bearing = seen;
  bearing.place.reset();
  bearing.bearing_bias_sigma_rad = 0.0005;
  bearing.from = plane().to_geodetic({-40, 12, 30});
  bearing.cov_m2 = bearing.bias_cov_m2 = {};
  std::ostringstream table;
  locate::write_plot_header(table);
  locate::write_plots(table, {"T1"}, test::at(1), {seen, bearing});
  locate::write_plots(table, {"T1"}, test::at(1.1), {});
  const auto scans = read(table.str());
  ASSERT_TRUE(scans) << to_string(scans.error());
  ASSERT_EQ(scans->size(), 2U);
  ASSERT_EQ(scans->at(0).plots.size(), 2U);
  EXPECT_TRUE(scans->at(1).plots.empty());
  const locate::Plot& back = scans->at(0).plots[0];
  EXPECT_NEAR(back.place->lat_rad, seen.place->lat_rad, 1e-10);
  EXPECT_NEAR(back.place->lon_rad, seen.place->lon_rad, 1e-10);
  EXPECT_EQ(back.place->height_m, seen.place->height_m);
  EXPECT_EQ(back.cov_m2, seen.cov_m2);
  EXPECT_EQ(back.bias_cov_m2, seen.bias_cov_m2);
  EXPECT_DOUBLE_EQ(back.bearing_rad, seen.bearing_rad);
  EXPECT_DOUBLE_EQ(back.elevation_rad, seen.elevation_rad);
  EXPECT_EQ(back.classes, seen.classes);
  EXPECT_EQ(back.cause, seen.cause);
  EXPECT_FALSE(back.from.has_value());
  const locate::Plot& sight = scans->at(0).plots[1];
  EXPECT_FALSE(sight.place.has_value());
  EXPECT_DOUBLE_EQ(sight.bearing_sigma_rad, bearing.bearing_sigma_rad);
  EXPECT_DOUBLE_EQ(sight.bearing_bias_sigma_rad, bearing.bearing_bias_sigma_rad);
  EXPECT_NEAR(sight.from->lat_rad, bearing.from->lat_rad, 1e-10);
  EXPECT_NEAR(sight.from->lon_rad, bearing.from->lon_rad, 1e-10);
  EXPECT_NEAR(sight.from->height_m, bearing.from->height_m, 1e-3);
}

TEST(PlotTable, TakesTheSensorsPlaceInThePlaneToo) {
  const auto scans = read(
      "t,sensor,e,n,var_e,var_n,cov_en,bearing_deg,bearing_sigma_deg,from_e,from_n,from_height\n"
      "3,T1,,,,,,45,0.1,100,-200,30\n");
  ASSERT_TRUE(scans) << to_string(scans.error());
  const geo::Enu from = plane().to_enu(*scans->at(0).plots.at(0).from);
  EXPECT_NEAR(from.east, 100, 1e-3);
  EXPECT_NEAR(from.north, -200, 1e-3);
  EXPECT_EQ(scans->at(0).plots[0].from->height_m, 30);
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
      {kHeader + "0,A,1,2,-4,5,1\n", "plots.csv:2: var_e is -4; expected a variance above 0"},
      {kHeader + "0,A,1,2,4,0,1\n", "var_n is 0"},
      {kHeader + "0,A,1,2,4,4,5\n", "cov_en is 5; expected less than"},
      {kHeader + "0,A,nan,2,4,5,1\n", "e is 'nan'; expected a number"},
      {kHeader + "0,A,1,inf,4,5,1\n", "n is 'inf'"},
      {kHeader + "1e30,A,1,2,4,5,1\n", "t is 1e+30"},
      {kHeader + "0,A,1e9,2,4,5,1\n", "e is 1000000000"},
      {kHeader + "0,A,1,2,4,5\n", "6 cells; expected 7"},
      {"t,sensor,lat,lon,var_e,var_n,cov_en\n0,A,95,2,4,5,1\n", "lat is 95"},
      {kHeader + "0,A,1,,4,5,1\n", "plots.csv:2: n is ''; expected a number"},
      {kHeader + "0,A,,,4,5,1\n", "e is ''"},
      {"t,sensor,e,n,var_e,var_n,cov_en,bias_e\n0,A,1,2,4,5,1,-1\n", "bias_e is -1; expected"},
      {"t,sensor,e,n,var_e,var_n,cov_en,bias_en\n0,A,1,2,4,5,1,3\n", "bias_en is 3; expected"},
      {"t,sensor,e,n,var_e,var_n,cov_en,person\n0,A,1,2,4,5,1,0.5\n", "add up to 0.5"},
      {"t,sensor,e,n,var_e,var_n,cov_en,person\n0,A,1,2,4,5,1,-0.5\n", "person is -0.5"},
      {"t,sensor,e,n,var_e,var_n,cov_en,index\n0,A,1,2,4,5,1,-1\n", "index is -1; expected 0 to"},
      {"t,sensor,e,n,var_e,var_n,cov_en,elevation_deg\n0,A,1,2,4,5,1,91\n",
       "elevation_deg is 91; expected -90 to 90"},
      {"t,sensor,lat,lon,var_e,var_n,cov_en,from_lat\n0,A,1,2,4,5,1,3\n",
       "plots.csv:2: expected from_lat and from_lon; found one of them"},
      {"t,sensor,lat,lon,var_e,var_n,cov_en,from_lat,from_lon\n0,A,1,2,4,5,1,95,0\n",
       "from_lat is 95"},
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
