// SPDX-License-Identifier: Apache-2.0
// `marsad range` as somebody types it.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "base/csv.h"
#include "tests/app/program.h"
#include "tests/service/site_folder.h"

namespace marsad::app {
namespace {

using testing::HasSubstr;

// A table's column, and the ranges of its rows.
struct Curve {
  std::vector<double> range_m, probability;
};
Curve curve(const std::string& file, const std::string& column) {
  std::ifstream in(file);
  auto table = base::CsvReader::open(in, file, {"range_m", column});
  Curve curve;
  while (table && *table->next()) {
    curve.range_m.push_back(*table->number("range_m"));
    curve.probability.push_back(*table->number(column, 0, 1));
  }
  return curve;
}

// Where it last is a half or more.
double half_m(const Curve& curve) {
  double half_m = 0;
  for (std::size_t i = 0; i < curve.range_m.size(); ++i) {
    if (curve.probability[i] >= 0.5) half_m = curve.range_m[i];
  }
  return half_m;
}

TEST(Range, TellsFromHowFarACameraOfTheSiteFindsAndAPersonRecognises) {
  const service::SiteFolder folder;
  const std::string out = folder.file("range.csv"), svg = folder.file("range.svg");
  const Outcome done = marsad({"range", folder.path().string(), "T1", "--out", out, "--svg", svg});
  ASSERT_EQ(done.status, 0) << done.errors;
  EXPECT_THAT(done.output, HasSubstr("person recognises"));
  const double detects_m = half_m(curve(out, "person_person_detects"));
  const double recognises_m = half_m(curve(out, "person_person_recognises"));
  const double identifies_m = half_m(curve(out, "person_person_identifies"));
  EXPECT_GT(identifies_m, 0);
  EXPECT_GT(recognises_m, 1.5 * identifies_m);
  EXPECT_GT(detects_m, 1.5 * recognises_m);
  EXPECT_GT(half_m(curve(out, "vehicle_machine_finds")),
            half_m(curve(out, "person_machine_finds")));
  std::ifstream in(svg);
  std::ostringstream picture;
  picture << in.rdbuf();
  EXPECT_THAT(picture.str(), testing::StartsWith("<svg"));
  EXPECT_THAT(picture.str(), HasSubstr("vehicle"));
}

TEST(Range, IsLessInHazeAndMoreWithALongerLens) {
  const service::SiteFolder folder;
  const auto half_with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"range", "--out", folder.file("r.csv")};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(marsad(words).status, 0);
    return half_m(curve(folder.file("r.csv"), "person_machine_finds"));
  };
  const double usual_m = half_with({"--fov", "6"});
  EXPECT_GT(half_with({"--fov", "3"}), 1.3 * usual_m);
  EXPECT_LT(half_with({"--fov", "6", "--air", "dust"}), usual_m);
  EXPECT_LT(half_with({"--fov", "6", "--contrast", "0.25"}), usual_m);
}

TEST(Range, SaysWhatItNeeds) {
  EXPECT_THAT(marsad({"range"}).errors, HasSubstr("--fov: missing"));
  EXPECT_THAT(marsad({"range", "--fov", "6", "--air", "soup"}).errors,
              HasSubstr("found 'soup'; expected clear"));
  const service::SiteFolder folder;
  EXPECT_NE(marsad({"range", folder.path().string()}).status, 0);
  EXPECT_THAT(marsad({"range", folder.path().string(), "T9"}).errors, HasSubstr("no camera 'T9'"));
}

}  // namespace
}  // namespace marsad::app
