// SPDX-License-Identifier: Apache-2.0
// `marsad plan` as somebody types it, on a small site that is only planned.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/csv.h"
#include "store/store.h"
#include "terrain/ground_map.h"
#include "tests/app/program.h"
#include "tests/service/site_folder.h"
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

  // Half a kilometre beside the tower all are found, at the far end fewer.
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
    if (from_km <= 1.6 && end > 1.6) beside = person;
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

TEST(Plan, WritesTheBeltAsARasterThatOthersRead) {
  const PlannedSite site;
  const Outcome done = marsad({"plan", "coverage", site.folder(), "--out", site.out()});
  ASSERT_EQ(done.status, 0) << done.errors;
  const std::vector<terrain::MapPlace> beside = {
      geo::Geodetic{geo::radians(34.01), geo::radians(41.0), 0}};
  const auto person = terrain::GroundMap::read_by_gdal(site.out() + "/coverage.tif", beside, 150);
  ASSERT_TRUE(person) << to_string(person.error());
  // Before the tower one is found within a minute, as the first band tells.
  const auto& heights = person->grid.heights_m;
  EXPECT_GT(*std::max_element(heights.begin(), heights.end()), 0.8F);
}

TEST(Plan, PutsSensorsWhereWalkersAreWatchedForLongAndNotOnClosedGround) {
  const PlannedSite site;
  const std::vector<std::string> words = {"plan",     "site", site.folder(), "--out", site.out(),
                                          "--towers", "2",    "--seconds",   "20"};
  const Outcome done = marsad(words);
  ASSERT_EQ(done.status, 0) << done.errors;
  EXPECT_THAT(done.output, HasSubstr("A walker is watched for 20 s by each of 1 sensors"));
  EXPECT_THAT(read(site.out() + "/sites.csv"), HasSubstr("C2,tower"));

  write(site.file("site.toml"),
        read(site.file("site.toml")) + "closed_km = [[4, 6.6]]\ntime_of_day = \"crossover\"\n");
  const Outcome closed = marsad(words);
  ASSERT_EQ(closed.status, 0) << closed.errors;
  EXPECT_THAT(closed.output, HasSubstr("2 of the candidates lie where nothing may be built"));
  EXPECT_THAT(read(site.out() + "/sites.csv"), Not(HasSubstr("C2")));
}

TEST(Plan, SaysFromHowFarSensorsFindAndRecognise) {
  const PlannedSite site;
  ASSERT_EQ(marsad({"plan", "report", site.folder(), "--out", site.out(), "--every", "5"}).status,
            0);
  const std::string page = read(site.out() + "/report.html");
  EXPECT_THAT(page, HasSubstr("a watch recognises a person"));
  EXPECT_THAT(page, HasSubstr("1 of 12.0°, 640 px"));
  EXPECT_THAT(page, HasSubstr("@page"));
}

// The site with a camera, and a record of a night in which it was frozen from 20 to 22 o'clock.
TEST(Plan, TellsForHowLongWhichKilometreWasDarkInPastNights) {
  const service::SiteFolder folder;
  const service::Site site = folder.load();
  const auto time = [](const char* text) { return *base::parse_iso8601(text); };
  {
    std::filesystem::create_directories(site.record.parent_path());
    auto store = store::Store::open(site.record.string()).value();
    const auto run = store.begin_run(time("2026-11-22T12:00:00Z"), site.text).value();
    const plan::DarkSpell frozen{0,
                                 0,
                                 3000,
                                 4000,
                                 time("2026-11-22T20:00:00Z"),
                                 time("2026-11-22T22:00:00Z"),
                                 "camera T1 frozen, air: dust"};
    ASSERT_TRUE(store.put_coverage(
        run, {time("2026-11-22T12:00:00Z"), time("2026-11-23T12:00:00Z")}, {frozen}));
  }
  const Outcome done = marsad({"plan", "history", folder.path().string(), "--from", "2026-11-22",
                               "--to", "2026-11-24", "--out", folder.file("history")});
  ASSERT_EQ(done.status, 0) << done.errors;
  EXPECT_THAT(done.output, HasSubstr("camera T1 frozen"));
  EXPECT_THAT(read(folder.file("history/blind_hours.csv")),
              HasSubstr("2026-11-22,person,3,2.000,camera T1 frozen; air: dust\n"));
  std::ifstream in(folder.file("history/nights.csv"));
  auto table = base::CsvReader::open(in, "nights.csv", {"hours", "unknown_hours"});
  ASSERT_TRUE(table && *table->next());
  EXPECT_EQ(*table->number("unknown_hours"), 0);
  ASSERT_TRUE(*table->next());
  EXPECT_GT(*table->number("unknown_hours"), 12);

  EXPECT_THAT(
      marsad({"plan", "history", folder.path().string(), "--from", "soon", "--to", "2026-11-24"})
          .errors,
      HasSubstr("--from: found 'soon'; expected a date"));
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
