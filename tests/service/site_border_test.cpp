// SPDX-License-Identifier: Apache-2.0
// The picture of the border that a site's files draw.
#include <gmock/gmock.h>

#include "service/site.h"
#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

std::string site_with(const std::string& tables) {
  return kHead + camera("T1", "\"simulated\"") + kSimulation + tables;
}

std::vector<std::string> errors_of(const SiteFolder& folder) {
  std::vector<std::string> out;
  for (const base::Error& error : load_site(folder.path()).errors) out.push_back(to_string(error));
  return out;
}

std::string zone(const std::string& properties) {
  return R"({"type":"Feature","properties":{"name":"Range",)" + properties +
         R"(},"geometry":{"type":"Polygon","coordinates":[[[41,34],[41.1,34],[41.1,34.1],[41,34]]]}})";
}

const std::string kRegister = "from_km,to_km,side,holder,since,until,learnt,source,confidence\n";

TEST(SiteBorder, ReadsWhoHoldsWhatAndWhichForcesAreAbout) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[control]\nfile = \"control.csv\"\n"
                                      "[forces]\nfile = \"forces.csv\"\n"));
  folder.write("control.csv",
               kRegister + "0,1,far,nobody,2026-06-01T00:00:00Z,,2026-07-02T00:00:00Z,,1\n");
  folder.write("forces.csv",
               "name,allegiance,role,lat_deg,lon_deg,uncertainty_m,heard\n"
               "patrol 4,own,patrol,34.05,41.1,10,2026-11-03T01:00:00Z\n");
  const Site site = folder.load();
  EXPECT_THAT(site.border->control.entries(), SizeIs(1));
  ASSERT_THAT(site.border->forces, SizeIs(1));
  EXPECT_EQ(site.border->forces[0].name, "patrol 4");
}

TEST(SiteBorder, SaysWhichLineOfATableIsWrong) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[control]\nfile = \"control.csv\"\n"
                                      "[forces]\nfile = \"forces.csv\"\n"));
  folder.write("control.csv",
               kRegister + "0,1,up,nobody,2026-06-01T00:00:00Z,,2026-07-02T00:00:00Z,,1\n");
  folder.write("forces.csv", "name,allegiance\n");
  EXPECT_THAT(errors_of(folder), AllOf(Contains(HasSubstr("control.csv:2: side is 'up'")),
                                       Contains(HasSubstr("forces.csv:1: no column 'role'"))));
}

TEST(SiteBorder, ReplaysWithoutTheTextOfTablesThatGrow) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[control]\nfile = \"control.csv\"\n"));
  folder.write("control.csv", kRegister);
  const std::string before = folder.load().text;
  folder.write("control.csv",
               kRegister + "0,1,far,nobody,2026-06-01T00:00:00Z,,2026-07-02T00:00:00Z,,1\n");
  EXPECT_EQ(folder.load().text, before);
}

TEST(SiteBorder, ReadsWhatBecameOfABarrier) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[barriers]\nfile = \"barriers.geojson\"\n"
                                      "history = \"history.csv\"\n"));
  folder.write("barriers.geojson",
               R"({"type":"Feature","properties":{"name":"Berm 1","kind":"berm"},
                   "geometry":{"type":"LineString","coordinates":[[41,34],[41,34.01]]}})");
  folder.write("history.csv",
               "barrier,from_km,to_km,condition,since,learnt,source\n"
               "Berm 1,0,0.1,breached,2026-11-03T01:00:00Z,2026-11-04T06:00:00Z,patrol 4\n");
  const Site site = folder.load();
  ASSERT_THAT(site.border->barriers, SizeIs(1));
  ASSERT_THAT(site.border->barriers[0].history, SizeIs(1));
  folder.write("history.csv",
               "barrier,from_km,to_km,condition,since,learnt,source\n"
               "Berm 2,0,0.1,breached,2026-11-03T01:00:00Z,2026-11-04T06:00:00Z,patrol 4\n");
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("history.csv:2: barrier: no barriers")));
}

TEST(SiteBorder, ReadsWhenAZoneHolds) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[zones]\nfile = \"zones.geojson\"\n"));
  folder.write("zones.geojson", zone(R"("kind":"air_danger","since":"2026-11-03T01:00:00Z")"));
  const Site site = folder.load();
  ASSERT_THAT(site.border->zones, SizeIs(1));
  EXPECT_FALSE(holds(site.border->zones[0], *base::parse_iso8601("2026-11-03T00:59:59Z")));
  EXPECT_TRUE(holds(site.border->zones[0], *base::parse_iso8601("2026-11-03T01:00:00Z")));
}

TEST(SiteBorder, RefusesTimesThatAZoneCannotHave) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[zones]\nfile = \"zones.geojson\"\n"));
  folder.write("zones.geojson", zone(R"("kind":"camp","since":"June")"));
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("zone 'Range': since: 'June' is not a time")));
  folder.write("zones.geojson", zone(R"("kind":"privacy","until":"2026-11-03T01:00:00Z")"));
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("a privacy zone always holds")));
}

}  // namespace
}  // namespace marsad::service
