// SPDX-License-Identifier: Apache-2.0
// `marsad control` as somebody types it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/app/program.h"
#include "tests/support/temporary_folder.h"

namespace marsad::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

void write(const std::string& file, std::string_view text) { std::ofstream(file) << text; }

// A border of 6.7 km that runs south, home to its east, with a register of one row.
class HeldSite {
 public:
  HeldSite() {
    write(file("border.geojson"), R"({"type": "Feature", "properties": {}, "geometry":
      {"type": "LineString", "coordinates": [[41.0, 34.02], [41.0, 33.96]]}})");
    write(file("site.toml"), R"([border]
file = "border.geojson"
home_side = "left"
[elevation]
desert_seed = 1
desert_spacing_m = 200
[control]
file = "control.csv"
[plan]
sensors = "sensors.csv"
)");
    write(file("sensors.csv"),
          "id,lat_deg,lon_deg,height_above_ground_m,horizontal_fov_deg\nT1,34.01,41.005,30,12\n");
    write(file("control.csv"),
          "from_km,to_km,side,holder,since,until,learnt,source,confidence\n"
          "0,6,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,a map,0.8\n");
  }

  std::string file(const std::string& name) const { return folder_.file(name); }
  std::string folder() const { return std::filesystem::path(file("x")).parent_path().string(); }

 private:
  test::TemporaryFolder folder_;
};

TEST(Control, AnswersByWhatWasKnownThen) {
  const HeldSite site;
  const Outcome now = marsad({"control", "show", site.folder()});
  ASSERT_EQ(now.status, 0) << now.errors;
  EXPECT_THAT(now.output, HasSubstr("far   km    0.00 to    6.00  SDF (since 2017-06-01"));
  const Outcome then = marsad({"control", "show", site.folder(), "--at", "2017-06-20T00:00:00Z",
                               "--known", "2017-07-01T00:00:00Z"});
  EXPECT_THAT(then.output, HasSubstr("far   km    0.00 to    6.66  unknown"));
}

TEST(Control, AddsWhatAFileTellsAndKeepsWhatWasKnown) {
  const HeldSite site;
  write(site.file("new.geojson"), R"({"type": "Feature", "properties": {"who": "army"},
    "geometry": {"type": "Point", "coordinates": [40.999, 33.99]}})");
  const Outcome done = marsad({"control", "import", site.folder(), site.file("new.geojson"),
                               "--out", site.file("control.csv"), "--holder-key", "who", "--since",
                               "2017-08-01T00:00:00Z", "--learnt", "2017-08-05T00:00:00Z"});
  ASSERT_EQ(done.status, 0) << done.errors;
  const Outcome now = marsad({"control", "show", site.folder()});
  EXPECT_THAT(now.output, AllOf(HasSubstr("SDF"), HasSubstr("army (since 2017-08-01")));
  const Outcome before =
      marsad({"control", "show", site.folder(), "--known", "2017-08-04T00:00:00Z"});
  EXPECT_THAT(before.output, testing::Not(HasSubstr("army")));
  EXPECT_THAT(marsad({"control", "export", site.folder()}).output, HasSubstr("\"army\""));
  // Learnt before what is known already.
  const Outcome refused =
      marsad({"control", "import", site.folder(), site.file("new.geojson"), "--out",
              site.file("control.csv"), "--holder-key", "who", "--since", "2017-08-01T00:00:00Z",
              "--learnt", "2017-07-05T00:00:00Z"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.errors, HasSubstr("what was known then would change"));
}

TEST(Control, StandsInTheStripOfAPlansReport) {
  const HeldSite site;
  const Outcome done = marsad({"plan", "report", site.folder(), "--out", site.file("plan")});
  ASSERT_EQ(done.status, 0) << done.errors;
  std::ifstream in(site.file("plan/report.html"));
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(page, AllOf(HasSubstr("far held by"), HasSubstr("home held by"),
                          HasSubstr("km 0 to 6: SDF"), HasSubstr("unknown")));
}

}  // namespace
}  // namespace marsad::app
