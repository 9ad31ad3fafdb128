// SPDX-License-Identifier: Apache-2.0
#include "wire/earthworks.h"

#include <gmock/gmock.h>

namespace marsad::wire {
namespace {

using terrain::EarthworkKind;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

std::string feature(const std::string& properties,
                    const std::string& geometry = R"({"type":"LineString",
                        "coordinates":[[41,34],[41,34.01],[41.01,34.02]]})") {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}

std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

std::vector<std::string> errors_of(const std::string& text) {
  const ReadEarthworks read = read_earthworks(text, "works.geojson");
  EXPECT_TRUE(read.works.empty());
  std::vector<std::string> errors;
  for (const base::Error& error : read.errors) errors.push_back(base::to_string(error));
  return errors;
}

TEST(EarthworksFile, HoldsBermsWallsAndTrenches) {
  const ReadEarthworks read = read_earthworks(
      collection(
          feature(R"("kind":"berm","height_m":3,"width_m":8,"crest_width_m":2,"name":"B")") + "," +
          feature(R"("kind":"wall","height_m":3.6,"width_m":0.3)") + "," +
          feature(
              R"("kind":"trench","depth_m":2,"width_m":3)",
              R"({"type":"MultiLineString","coordinates":[[[41,34],[41,35]],[[42,34],[42,35]]]})")),
      "works.geojson");
  EXPECT_TRUE(read.errors.empty());
  ASSERT_EQ(read.works.size(), 4U);
  EXPECT_EQ(read.works[0].kind, EarthworkKind::berm);
  EXPECT_EQ(read.works[0].line.size(), 3U);
  EXPECT_DOUBLE_EQ(read.works[0].line[1].lat_rad, geo::radians(34.01));
  EXPECT_EQ(read.works[0].crest_width_m, 2);
  EXPECT_EQ(read.works[1].kind, EarthworkKind::wall);
  EXPECT_EQ(read.works[1].height_m, 3.6);
  EXPECT_EQ(read.works[2].kind, EarthworkKind::trench);
  EXPECT_EQ(read.works[2].height_m, 2);
  EXPECT_EQ(read.works[3].crest_width_m, 0);
}

TEST(EarthworksFile, SaysWhichFeatureAndKeyIsWrong) {
  const std::string good = feature(R"("kind":"berm","height_m":3,"width_m":8)");
  const auto second = [&](const std::string& bad) {
    return errors_of(collection(good + "," + feature(bad)));
  };
  EXPECT_THAT(second(R"("kind":"fence","height_m":3,"width_m":8)"),
              Contains(AllOf(HasSubstr("works.geojson: feature 2: kind: found 'fence'"),
                             HasSubstr("berm, wall, trench"))));
  EXPECT_THAT(second(R"("kind":"berm","width_m":8)"),
              Contains(HasSubstr("feature 2: height_m: found ''; expected a number of metres")));
  EXPECT_THAT(second(R"("kind":"berm","height_m":"high","width_m":8)"),
              Contains(HasSubstr("height_m: found 'high'")));
  EXPECT_THAT(second(R"("kind":"berm","height_m":3,"width_m":0)"),
              Contains(HasSubstr("width_m: found '0'; expected a number of metres from 0.05")));
  EXPECT_THAT(
      second(R"("kind":"berm","height_m":3,"width_m":8,"crest_width_m":9)"),
      Contains(HasSubstr("crest_width_m: found '9'; expected a number of metres from 0 to 8")));
  EXPECT_THAT(second(R"("kind":"trench","height_m":-2,"width_m":8)"),
              AllOf(Contains(HasSubstr("height_m: found '-2'; a trench has depth_m")),
                    Contains(HasSubstr("depth_m: found ''"))));
  EXPECT_THAT(second(R"("kind":"wall","height_m":3,"width_m":1,"crest_width_m":1)"),
              Contains(HasSubstr("crest_width_m: found '1'; a wall has one width")));
  EXPECT_THAT(second(R"("kind":"wall","height_m":3,"width_m":1,"depth_m":1)"),
              Contains(HasSubstr("depth_m: found '1'; only a trench has a depth")));
  EXPECT_THAT(errors_of(feature(R"("kind":"berm","height_m":3,"width_m":8)",
                                R"({"type":"Point","coordinates":[41,34]})")),
              Contains(HasSubstr("feature 1: no line; expected a LineString")));
  EXPECT_THAT(errors_of("{"), Contains(HasSubstr("works.geojson")));
}

}  // namespace
}  // namespace marsad::wire
