// SPDX-License-Identifier: Apache-2.0
// `marsad plan` as somebody types it, on a small site that is only planned.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/csv.h"
#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace marsad::app {
namespace {

using testing::HasSubstr;

void write(const std::string& file, std::string_view text) { std::ofstream(file) << text; }

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// A border of 6.7 km that runs south, home to its east, with a trench along its northern half.
class PlannedSite {
 public:
  PlannedSite() {
    write(file("border.geojson"), R"({"type": "Feature", "properties": {}, "geometry":
      {"type": "LineString", "coordinates": [[41.0, 34.02], [41.0, 33.96]]}})");
    write(file("barriers.geojson"), R"({"type": "Feature", "properties": {"kind": "trench"},
      "geometry": {"type": "LineString", "coordinates": [[41.002, 34.03], [41.002, 33.99]]}})");
    write(file("site.toml"), R"(name = "Planned <site>"
[border]
file = "border.geojson"
home_side = "left"
[elevation]
desert_seed = 1
desert_spacing_m = 60
[barriers]
file = "barriers.geojson"
[plan]
sensors = "sensors.csv"
candidates = "candidates.csv"
posts = "posts.csv"
)");
    write(file("sensors.csv"),
          "id,lat_deg,lon_deg,height_above_ground_m,horizontal_fov_deg\n"
          "T1,34.01,41.005,30,12\n");
    write(file("candidates.csv"),
          "id,mount,lat_deg,lon_deg,height_above_ground_m\n"
          "C1,tower,34.01,41.006,30\n"
          "C2,tower,33.97,41.005,30\n"
          "C3,balloon,33.98,41.010,150\n");
    write(file("posts.csv"), "id,lat_deg,lon_deg,speed_kmh\nP1,33.99,41.05,36\n");
  }

  std::string file(const std::string& name) const { return folder_.file(name); }
  std::string folder() const { return std::filesystem::path(file("x")).parent_path().string(); }
  std::string out() const { return file("plan"); }

 private:
  test::TemporaryFolder folder_;
};

TEST(Plan, ReportsWhatIsWatchedWhereOneWouldWalkAndWhatToAdd) {
  const PlannedSite site;
  const Outcome done = marsad({"plan", "report", site.folder(), "--out", site.out(), "--every", "2",
                               "--towers", "1", "--balloons", "1"});
  ASSERT_EQ(done.status, 0) << done.errors;
  EXPECT_THAT(done.output, HasSubstr("person"));

  // Beside the tower all are found, at the far end fewer.
  std::ifstream in(site.out() + "/coverage.csv");
  auto table = base::CsvReader::open(in, "coverage.csv", {"from_km", "to_km", "person", "drone"});
  ASSERT_TRUE(table);
  double begin = -1, end = 0, beside = 0, far = 1;
  while (*table->next()) {
    const double from_km = *table->number("from_km");
    if (begin < 0) begin = from_km;
    EXPECT_NEAR(from_km, end, 1e-3);
    end = *table->number("to_km");
    const double person = *table->number("person", 0, 1);
    if (from_km <= 1.1 && end > 1.1) beside = person;
    far = person;
  }
  EXPECT_EQ(begin, 0);
  EXPECT_NEAR(end, 6.65, 0.05);
  EXPECT_GT(beside, 0.9);
  EXPECT_LT(far, beside);

  // The tower at the blind end is worth more than one beside the tower that is there.
  const std::string sites = read(site.out() + "/sites.csv");
  EXPECT_THAT(sites, HasSubstr("C2,tower"));
  EXPECT_THAT(sites, HasSubstr("C3,balloon"));
  EXPECT_THAT(sites, Not(HasSubstr("C1")));

  const std::string routes = read(site.out() + "/routes.csv");
  EXPECT_THAT(routes, HasSubstr("person,inbound"));
  EXPECT_THAT(routes, HasSubstr("vehicle,outbound"));

  const std::string page = read(site.out() + "/report.html");
  EXPECT_THAT(page, HasSubstr("Planned &lt;site>"));
  EXPECT_THAT(page, HasSubstr("Weakest routes"));
  EXPECT_THAT(page, HasSubstr("Where to add sensors"));
  for (const char* name : {"coverage.geojson", "routes.geojson", "sites.geojson"}) {
    EXPECT_THAT(read(site.out() + "/" + name), HasSubstr("FeatureCollection")) << name;
  }
}

TEST(Plan, TellsFileLineAndColumnOfWhatIsWrong) {
  const PlannedSite site;
  write(site.file("sensors.csv"), "id,lat_deg,lon_deg,height_above_ground_m\nT1,34.01,41.0,-3\n");
  const Outcome negative = marsad({"plan", "coverage", site.folder(), "--out", site.out()});
  EXPECT_EQ(negative.status, 1);
  EXPECT_THAT(negative.errors,
              HasSubstr("sensors.csv:2: height_above_ground_m is -3; expected a number from 0"));

  write(site.file("sensors.csv"),
        "id,mount,lat_deg,lon_deg,height_above_ground_m\nT1,kite,34.01,41.0,30\n");
  const Outcome kite = marsad({"plan", "coverage", site.folder(), "--out", site.out()});
  EXPECT_EQ(kite.status, 1);
  EXPECT_THAT(kite.errors, HasSubstr("mount is 'kite'; expected one of tower, balloon"));

  write(site.file("sensors.csv"), "id,lat_deg,lon_deg,height_above_ground_m\nT1,36,41.0,30\n");
  const Outcome away = marsad({"plan", "coverage", site.folder(), "--out", site.out()});
  EXPECT_EQ(away.status, 1);
  EXPECT_THAT(away.errors, HasSubstr("T1 stands where the elevation has no height"));

  std::filesystem::remove(site.file("sensors.csv"));
  const Outcome missing = marsad({"plan", "coverage", site.folder(), "--out", site.out()});
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.errors, HasSubstr("sensors.csv: can't be read"));
}

}  // namespace
}  // namespace marsad::app
