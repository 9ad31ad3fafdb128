// SPDX-License-Identifier: Apache-2.0
// Which incidents a site's file asks for, where and when.
#include <gmock/gmock.h>

#include "service/site.h"
#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

std::string site_with(const std::string& tables) {
  return kHead + camera("T1", "\"simulated\"") + kSimulation + tables;
}

std::vector<std::string> errors_of(const std::string& tables) {
  const SiteFolder folder;
  folder.write("site.toml", site_with(tables));
  std::vector<std::string> out;
  for (const base::Error& error : load_site(folder.path()).errors) out.push_back(to_string(error));
  return out;
}

const base::Time kNoon = base::Time(std::chrono::hours(12));
const base::Time kNight = base::Time(std::chrono::hours(2));

TEST(SiteIncident, TellsCrossingsAloneUnlessAskedForMore) {
  const SiteFolder folder;
  const incident::RuleSettings rules = folder.load().judge.rules;
  EXPECT_NE(rules.crossing.at(1000, kNoon), nullptr);
  EXPECT_TRUE(rules.approach.empty());
  EXPECT_TRUE(rules.hand_over.empty());
}

TEST(SiteIncident, TakesKindsEverywhereAndSettingsByStretchAndTime) {
  const SiteFolder folder;
  folder.write("site.toml", site_with(R"([incident]
hold_s = 2
kinds = ["approach", "tampering"]
acknowledge_within_s = 120
[[incident.approach]]
from_km = 2
to_km = 4
from_utc = "18:00"
to_utc = "05:30"
within_m = 500
[[incident.approach]]
from_km = 5
tell = false
[[incident.waiting]]
hold_s = 60
)"));
  const Site site = folder.load();
  const incident::JudgeSettings& judge = site.judge;
  EXPECT_EQ(site.acknowledge_within_s, 120);
  EXPECT_TRUE(judge.tells_tampering);
  EXPECT_EQ(judge.rules.crossing.at(1000, kNoon)->hold_s, 2);
  EXPECT_EQ(judge.rules.approach.at(1000, kNight)->within_m, 300);
  EXPECT_EQ(judge.rules.approach.at(3000, kNight)->within_m, 500);
  EXPECT_EQ(judge.rules.approach.at(3000, kNoon)->within_m, 300);
  EXPECT_EQ(judge.rules.approach.at(6000, kNight), nullptr);
  EXPECT_EQ(judge.rules.waiting.at(6000, kNoon)->hold_s, 60);
}

TEST(SiteIncident, TakesKnownTraffic) {
  const SiteFolder folder;
  folder.write("site.toml", site_with(R"([incident]
[[incident.known]]
name = "shepherd of the mill"
from_km = 1
to_km = 2
from_utc = "04:00"
to_utc = "09:00"
mover = "animal"
)"));
  const Site site = folder.load();
  ASSERT_THAT(site.judge.known, SizeIs(1));
  EXPECT_EQ(site.judge.known[0].mover, sensor::MoverClass::animal);
  EXPECT_FALSE(site.judge.known[0].scope.covers(1500, kNoon));
}

TEST(SiteIncident, SaysWhichKeyIsWrong) {
  EXPECT_THAT(errors_of("[incident]\nkinds = [\"invasion\"]\n"),
              Contains(HasSubstr("incident.kinds: found 'invasion'; expected some of approach")));
  EXPECT_THAT(errors_of("[[incident.approach]]\nfrom_utc = \"25:00\"\n"),
              Contains(HasSubstr("from_utc: found '25:00'")));
  EXPECT_THAT(errors_of("[[incident.approach]]\nfrom_km = 4\nto_km = 3\n"),
              Contains(HasSubstr("expected more than from_km")));
  EXPECT_THAT(errors_of("[[incident.approach]]\nwithin = 4\n"), Contains(HasSubstr("unknown key")));
  EXPECT_THAT(errors_of("[[incident.known]]\nname = \"x\"\nmover = \"camel\"\n"),
              Contains(HasSubstr("found 'camel'")));
}

}  // namespace
}  // namespace marsad::service
