// SPDX-License-Identifier: Apache-2.0
#include "wire/control.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/border/entries.h"
#include "tests/support/real_data.h"
#include "wire/geojson.h"

namespace marsad::wire {
namespace {

using border::day;
using testing::HasSubstr;
using testing::IsEmpty;

geo::BorderLine line_from(const std::vector<LngLat>& points, bool home_side_left) {
  std::vector<geo::Geodetic> places;
  for (const LngLat& at : points) places.push_back({geo::radians(at[1]), geo::radians(at[0]), 0});
  return *geo::BorderLine::make(std::move(places), home_side_left);
}

// 40 km due south.
geo::BorderLine short_line() { return line_from({{41, 34.36}, {41, 34.2}, {41, 34}}, true); }

const ControlDefaults kDefaults{.since = day(1), .learnt = day(2), .source = "a map"};

std::string feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}

TEST(ControlGeoJson, TakesKilometresFromTheGeometryWhereNoneAreTold) {
  const auto read =
      read_control(feature(R"({"holder":"SDF"})",
                           R"({"type":"LineString","coordinates":[[41.01,34.2],[41,34.1]]})"),
                   "c.geojson", short_line(), kDefaults);
  ASSERT_THAT(read.errors, IsEmpty());
  ASSERT_EQ(read.entries.size(), 1U);
  const border::ControlEntry& entry = read.entries[0];
  EXPECT_NEAR(entry.from_m, 0.16 * 110'920, 20);
  EXPECT_NEAR(entry.to_m, 0.26 * 110'920, 20);
  EXPECT_EQ(entry.holder.name, "SDF");
  EXPECT_EQ(entry.since, day(1));
  EXPECT_EQ(entry.learnt, day(2));
  EXPECT_EQ(entry.source, "a map");
}

TEST(ControlGeoJson, LetsAPointStandForTheStretchAroundIt) {
  const auto read =
      read_control(feature(R"({"holder":"nobody","side":"home","since":"2026-11-05T00:00:00Z"})",
                           R"({"type":"Point","coordinates":[41.01,34.36]})"),
                   "c.geojson", short_line(), kDefaults);
  ASSERT_EQ(read.entries.size(), 1U);
  EXPECT_EQ(read.entries[0].from_m, 0);
  EXPECT_NEAR(read.entries[0].to_m, 500, 0.01);
  EXPECT_EQ(read.entries[0].side, border::Side::home);
  EXPECT_EQ(read.entries[0].holder.holding, border::Holding::nobody);
  EXPECT_EQ(read.entries[0].since, day(4));
}

TEST(ControlGeoJson, TellsWhatLiesTooFarOff) {
  const auto read = read_control(
      feature(R"({"holder":"SDF","name":"a town"})", R"({"type":"Point","coordinates":[42,34.1]})"),
      "c.geojson", short_line(), kDefaults);
  EXPECT_THAT(read.entries, IsEmpty());
  EXPECT_THAT(read.far_off, testing::ElementsAre("feature 1 'a town': 92 km from the line"));
}

TEST(ControlGeoJson, NamesFeatureAndKeyOfAllThatIsWrong) {
  const std::string point = R"({"type":"Point","coordinates":[41,34.1]})";
  const auto read = read_control(
      R"({"type":"FeatureCollection","features":[)" + feature(R"({"holder":"SDF"})", point) + "," +
          feature(R"({"side":"left","since":"June","confidence":7})", point) + "]}",
      "c.geojson", short_line(), kDefaults);
  EXPECT_THAT(read.entries, IsEmpty());
  std::string all;
  for (const base::Error& error : read.errors) all += to_string(error) + "\n";
  EXPECT_THAT(all, HasSubstr("c.geojson: feature 2: holder: none told"));
  EXPECT_THAT(all, HasSubstr("side: found 'left'; expected one of far, home"));
  EXPECT_THAT(all, HasSubstr("since: 'June' is not a time"));
  EXPECT_THAT(all, HasSubstr("confidence: found '7'"));
}

RC_GTEST_PROP(ControlGeoJson, ComesBackAsItWas, ()) {
  const border::ControlRegister control = border::any_register(6);
  const geo::BorderLine line = short_line();
  const auto again = read_control(control_geojson(control, line), "c.geojson", line, {});
  RC_ASSERT(again.errors.empty());
  RC_ASSERT(again.entries == control.entries());
}

std::string text_of_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct RealLine {
  std::filesystem::path folder;
  geo::BorderLine line;
};

// A border of 600 km as surveyed in 2017; its east is home.
std::optional<RealLine> real_line() {
  const auto file = test::real_data("geo/border_iq_sy_osm2017.geojson");
  if (!file) return std::nullopt;
  const auto shape = read_geojson(text_of_file(*file), "line");
  return RealLine{file->parent_path(), line_from(shape->at(0).coordinates, true)};
}

// Crossings as a map of 2017 showed them, and their kilometres as its makers measured them.
TEST(ControlGeoJson, ImportsRealCrossingsAtTheirKilometres) {
  const auto real = real_line();
  if (!real) GTEST_SKIP() << "no real data";
  const std::string text = text_of_file(real->folder / "border_crossings.geojson");
  ControlDefaults defaults = kDefaults;
  defaults.holder_key = "control_mid2017";
  const auto read = read_control(text, "border_crossings.geojson", real->line, defaults);
  ASSERT_THAT(read.errors, IsEmpty());
  const auto features = read_geojson(text, "crossings");
  ASSERT_EQ(read.entries.size(), features->size());
  for (std::size_t i = 0; i < read.entries.size(); ++i) {
    const auto& properties = features->at(i).properties;
    const border::ControlEntry& entry = read.entries[i];
    EXPECT_NEAR((entry.from_m + entry.to_m) / 2000,
                std::stod(properties.at("chainage_km_from_turkey")), 0.5)
        << properties.at("name");
    const std::string& holder = properties.at("control_mid2017");
    EXPECT_EQ(text_of(entry.holder), holder == "null" ? "unknown" : holder);
  }
}

TEST(ControlGeoJson, ImportsRealControlPointsNearTheLineAndTellsOfTheOthers) {
  const auto real = real_line();
  if (!real) GTEST_SKIP() << "no real data";
  const std::string text = text_of_file(real->folder / "control_points_mid2017.geojson");
  ControlDefaults defaults = kDefaults;
  defaults.holder_key = "control";
  const auto read = read_control(text, "control_points.geojson", real->line, defaults);
  ASSERT_THAT(read.errors, IsEmpty());
  EXPECT_EQ(read.entries.size() + read.far_off.size(), read_geojson(text, "points")->size());
  EXPECT_GT(read.entries.size(), 0U);
}

}  // namespace
}  // namespace marsad::wire
