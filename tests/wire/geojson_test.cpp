// SPDX-License-Identifier: Apache-2.0
#include "wire/geojson.h"

#include <gmock/gmock.h>

namespace marsad::wire {
namespace {

using testing::HasSubstr;

base::Result<std::vector<Feature>> read(const std::string& text) {
  return read_geojson(text, "border.geojson");
}

TEST(GeoJson, IsReadFromACollectionAFeatureOrABareGeometry) {
  const std::string geometry = R"({"type":"LineString","coordinates":[[41,34],[41.5,34.25]]})";
  const std::string feature =
      R"({"type":"Feature","properties":{"name":"Berm"},"geometry":)" + geometry + "}";
  const std::string collection = R"({"type":"FeatureCollection","features":[)" + feature + "]}";
  for (const std::string& text : {geometry, feature, collection}) {
    const auto features = read(text);
    ASSERT_TRUE(features) << to_string(features.error());
    ASSERT_EQ(features->size(), 1U);
    EXPECT_EQ(features->at(0).shape, Shape::line);
    EXPECT_EQ(features->at(0).coordinates, (std::vector<LngLat>{{41, 34}, {41.5, 34.25}}));
  }
  EXPECT_EQ(read(feature)->at(0).properties.at("name"), "Berm");
}

TEST(GeoJson, HasPropertiesAsText) {
  const auto features = read(
      R"({"type":"Feature","properties":{"name":"A","height_m":2.5,"old":true,"kind":null},
          "geometry":{"type":"Point","coordinates":[41,34,250]}})");
  ASSERT_TRUE(features);
  const auto& properties = features->at(0).properties;
  EXPECT_EQ(properties.at("height_m"), "2.5");
  EXPECT_EQ(properties.at("old"), "true");
  EXPECT_EQ(properties.at("kind"), "null");
  EXPECT_EQ(features->at(0).shape, Shape::point);
}

TEST(GeoJson, TakesNullForNoProperties) {
  EXPECT_TRUE(read(R"({"type":"Feature","properties":null,
                       "geometry":{"type":"Point","coordinates":[41,34]}})"));
}

TEST(GeoJson, KeepsOnlyAPolygonsOuterRing) {
  const auto features = read(
      R"({"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]})");
  ASSERT_TRUE(features);
  ASSERT_EQ(features->size(), 1U);
  EXPECT_EQ(features->at(0).shape, Shape::polygon);
  EXPECT_EQ(features->at(0).coordinates.size(), 4U);
}

TEST(GeoJson, TakesMultiGeometriesApartAndKeepsTheirProperties) {
  const auto features = read(
      R"({"type":"Feature","properties":{"kind":"fence"},"geometry":
          {"type":"MultiLineString","coordinates":[[[0,0],[1,0]],[[2,0],[3,0],[4,0]]]}})");
  ASSERT_TRUE(features);
  ASSERT_EQ(features->size(), 2U);
  EXPECT_EQ(features->at(1).coordinates.size(), 3U);
  EXPECT_EQ(features->at(1).properties.at("kind"), "fence");
  const auto zones = read(
      R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})");
  EXPECT_EQ(zones->size(), 2U);
}

struct BadFile {
  std::string text;
  std::string complaint;
};

std::string with_geometry(const std::string& geometry) {
  return R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[41,34]}},
    {"type":"Feature","properties":{},"geometry":)" +
         geometry + "}]}";
}

TEST(GeoJson, SaysInWhichFileAndFeatureWhatIsWrong) {
  const BadFile bad[] = {
      {"", "border.geojson: not GeoJSON; expected an object"},
      {"[1,2]", "border.geojson: not GeoJSON; expected an object"},
      {"{}", "border.geojson: no 'type'"},
      {R"({"type":"FeatureCollection"})", "border.geojson: no 'features'"},
      {R"({"type":"FeatureCollection","features":{"type":"Feature"}})",
       "border.geojson: not a list of features"},
      {R"({"type":"FeatureCollection","features":[7]})", "feature 1: found 7; expected a Feature"},
      {R"({"type":"Topology","coordinates":[]})", "geometry 'Topology'; expected Point, Line"},
      {R"({"type":"Feature","properties":{}})", "border.geojson: no 'geometry'"},
      {with_geometry("null"), "border.geojson: feature 2: no geometry"},
      {with_geometry(R"({"type":"LineString"})"), "feature 2: no 'coordinates'"},
      {with_geometry(R"({"type":"Circle","coordinates":[41,34]})"),
       "feature 2: geometry 'Circle'; expected Point, LineString or Polygon"},
      {with_geometry(R"({"type":"GeometryCollection","geometries":[]})"),
       "feature 2: geometry 'GeometryCollection'; expected Point, LineString or Polygon"},
      {with_geometry(R"({"type":"Point","coordinates":[41]})"),
       "feature 2: found [41] for a position; expected [longitude, latitude]"},
      {with_geometry(R"({"type":"LineString","coordinates":[["a","b"]]})"), "for a position"},
      {with_geometry(R"({"type":"LineString","coordinates":7})"), "not a list of positions"},
      {with_geometry(R"({"type":"MultiLineString","coordinates":7})"), "not a list of"},
      {with_geometry(R"({"type":"Polygon","coordinates":[]})"), "a polygon without a ring"},
      {with_geometry(R"({"type":"MultiPolygon","coordinates":[[]]})"), "a polygon without a ring"},
      {with_geometry(R"({"type":"Point","coordinates":[34,410]})"),
       "position [34, 410] is not on Earth; expected degrees [longitude, latitude]"},
      {with_geometry(R"({"type":"LineString","coordinates":[[500000,3760000]]})"), "not on Earth"},
  };
  for (const BadFile& file : bad) {
    const auto features = read(file.text);
    ASSERT_FALSE(features) << file.text;
    EXPECT_THAT(to_string(features.error()), HasSubstr(file.complaint)) << file.text;
  }
}

TEST(GeoJson, RefusesWhatIsNestedWithoutEnd) {
  const std::string deep(100'000, '['), closed(100'000, ']');
  const auto features = read(R"({"type":"Point","coordinates":)" + deep + closed + "}");
  ASSERT_FALSE(features);
  EXPECT_THAT(to_string(features.error()), HasSubstr("border.geojson: nested more than 100 deep"));
}

}  // namespace
}  // namespace marsad::wire
