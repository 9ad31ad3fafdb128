// SPDX-License-Identifier: Apache-2.0
#include "service/access.h"

#include <gmock/gmock.h>

namespace marsad::service {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(RightOf, KnowsWhatEachPathNeedsAndNothingElse) {
  EXPECT_EQ(right_of("GET", "/api/incidents"), Right::watch);
  EXPECT_EQ(right_of("POST", "/api/incidents/12/resolve"), Right::act);
  EXPECT_EQ(right_of("GET", "/tiles/terrain/9/1/2.png"), Right::map);
  EXPECT_EQ(right_of("GET", "/api/incidents/12/disclosure/north"), Right::see_notices);
  for (const char* nothing : {"/api", "/api/", "/api/incidents/", "/api/incidents//picture",
                              "/api/incidents/12/picture/x", "/api/nothing", "/tiles/terrain",
                              "/api/incidents/12/resolve"}) {
    EXPECT_EQ(right_of("GET", nothing), std::nullopt) << nothing;
  }
  EXPECT_EQ(right_of("DELETE", "/api/incidents"), std::nullopt);
}

TEST(Roles, MayDoWhatIsTheirWorkAndNothingElse) {
  const auto rights_of = [](Role role) {
    std::string out;
    for (std::size_t i = 0; i < kRights; ++i) out += may(role, static_cast<Right>(i)) ? "x" : ".";
    return out;
  };
  // anybody, own_account, map, watch, watch_all, see_ledger, plan, act, see_notices, release,
  // receive, own_notices, accounts
  EXPECT_EQ(rights_of(Role::watch_operator), "xxxxxx.xx....");
  EXPECT_EQ(rights_of(Role::commander), "xxxxxxxxxxx..");
  EXPECT_EQ(rights_of(Role::liaison), "xxxx....xxx..");
  EXPECT_EQ(rights_of(Role::planner), "xxx..xx......");
  EXPECT_EQ(rights_of(Role::administrator), "xxx.........x");
  EXPECT_EQ(rights_of(Role::partner), "xx.........x.");
}

TEST(Scope, SeesIncidentsOfItsKilometresAndSensors) {
  incident::Incident incident;
  incident.chainage_m = 5000;
  incident.sensors = {{"T1"}, {"T2"}};
  EXPECT_TRUE(Scope{}.sees(incident));
  EXPECT_TRUE((Scope{"", {{0, 5000}}, {}}.sees(incident)));
  EXPECT_FALSE((Scope{"", {{5001, 9000}}, {}}.sees(incident)));
  EXPECT_TRUE((Scope{"", {}, {{"T2"}}}.sees(incident)));
  EXPECT_FALSE((Scope{"", {{0, 9000}}, {{"T3"}}}.sees(incident)));
  EXPECT_FALSE((Scope{"", {}, {{"T2"}}}.sees(sensor::SensorId{"T1"})));
}

TEST(Kilometres, AreReadOrRefused) {
  EXPECT_THAT(
      read_kilometres("0-190 240-260.5").value(),
      testing::ElementsAre(liaison::Stretch{0, 190'000}, liaison::Stretch{240'000, 260'500}));
  for (const char* wrong : {"190", "9-1", "a-b", "1-", "-1-2", "nan-2"}) {
    EXPECT_FALSE(read_kilometres(wrong)) << wrong;
  }
}

TEST(Lock, GrowsFromHalfAMinuteToAQuarterOfAnHour) {
  const base::Time now{minutes(1000)};
  EXPECT_EQ(locked_until(4, now), base::Time{});
  EXPECT_EQ(locked_until(5, now) - now, seconds(30));
  EXPECT_EQ(locked_until(6, now) - now, seconds(60));
  EXPECT_EQ(locked_until(4'000'000'000, now) - now, minutes(15));
}

}  // namespace
}  // namespace marsad::service
