// SPDX-License-Identifier: Apache-2.0
#include "border/csv.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "tests/border/entries.h"

namespace marsad::border {
namespace {

using testing::HasSubstr;

const std::string kColumns = "from_km,to_km,side,holder,since,until,learnt,source,confidence\n";

base::Result<ControlRegister> read(const std::string& rows) {
  std::istringstream in(kColumns + rows);
  return read_control(in, "control.csv");
}

std::string error(const std::string& rows) {
  const auto control = read(rows);
  return control ? "none" : to_string(control.error());
}

TEST(ControlTable, IsWrittenByHandInAnyOrder) {
  const auto control = read(
      "0,148.2,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,map of July,0.8\n"
      "100,120,far,contested,2017-05-01T00:00:00Z,2017-06-01T00:00:00Z,2017-05-03T00:00:00Z,,1\n");
  ASSERT_TRUE(control) << to_string(control.error());
  ASSERT_EQ(control->entries().size(), 2U);
  const ControlEntry& first = control->entries()[0];
  EXPECT_EQ(first.holder.holding, Holding::contested);
  EXPECT_EQ(first.from_m, 100'000);
  const ControlEntry& second = control->entries()[1];
  EXPECT_EQ(second.holder, (Holder{Holding::held, "SDF"}));
  EXPECT_FALSE(second.until);
  EXPECT_EQ(second.source, "map of July");
}

TEST(ControlTable, SaysWhichLineIsWrongAndHow) {
  const std::string good = "0,10,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,1\n";
  EXPECT_EQ(error(good + "0,x,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,1\n"),
            "control.csv:3: to_km is 'x'; expected a number");
  EXPECT_EQ(error("0,10,left,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,1\n"),
            "control.csv:2: side is 'left'; expected one of far, home");
  EXPECT_THAT(error("0,10,far,SDF,June 2017,,2017-07-02T00:00:00Z,,1\n"),
              HasSubstr("control.csv:2: since is 'June 2017'; expected a time like"));
  EXPECT_THAT(error("10,9,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,1\n"),
              HasSubstr("control.csv:2: to_km: a stretch from km 10 to km 9"));
  EXPECT_THAT(error("0,10,far,,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,1\n"),
              HasSubstr("control.csv:2: holder: found ''"));
  EXPECT_THAT(error("0,10,far,SDF,2017-06-01T00:00:00Z,,2017-07-02T00:00:00Z,,2\n"),
              HasSubstr("confidence is 2; expected a number from 0 to 1"));
}

RC_GTEST_PROP(ControlTable, ComesBackAsItWas, ()) {
  const ControlRegister control = any_register(6);
  std::stringstream table;
  write_control(control, table);
  const auto again = read_control(table, "control.csv");
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->entries() == control.entries());
}

TEST(BarrierHistory, GoesToTheBarrierOfItsName) {
  std::vector<Barrier> barriers(2);
  barriers[0].name = "north berm";
  barriers[1].name = "trench";
  std::istringstream in(
      "barrier,from_km,to_km,condition,since,learnt,source\n"
      "trench,1,1.05,bridged,2026-11-03T01:00:00Z,2026-11-04T06:00:00Z,patrol 4\n");
  ASSERT_TRUE(read_barrier_history(in, "history.csv", barriers));
  EXPECT_TRUE(barriers[0].history.empty());
  ASSERT_EQ(barriers[1].history.size(), 1U);
  EXPECT_EQ(condition(barriers[1], 1020, day(9), day(9)), BarrierCondition::bridged);
}

TEST(BarrierHistory, RefusesANameThatNoBarrierOrSeveralHave) {
  std::vector<Barrier> barriers(2);
  barriers[0].name = barriers[1].name = "berm";
  for (const std::string name : {"berm", "wall"}) {
    std::istringstream in("barrier,from_km,to_km,condition,since,learnt,source\n" + name +
                          ",1,2,intact,2026-11-03T01:00:00Z,2026-11-04T06:00:00Z,\n");
    const auto read = read_barrier_history(in, "history.csv", barriers);
    ASSERT_FALSE(read);
    EXPECT_THAT(to_string(read.error()), HasSubstr("history.csv:2: barrier: "));
  }
}

TEST(ForceTable, HasWhoWhereAndWhenHeard) {
  std::istringstream in(
      "name,allegiance,role,lat_deg,lon_deg,uncertainty_m,heard\n"
      "\"brigade 3, post 2\",irregular,post,34.05,41.1,10,2026-11-03T01:00:00Z\n");
  const auto forces = read_forces(in, "forces.csv");
  ASSERT_TRUE(forces) << to_string(forces.error());
  ASSERT_EQ(forces->size(), 1U);
  EXPECT_EQ(forces->at(0).name, "brigade 3, post 2");
  EXPECT_EQ(forces->at(0).allegiance, Allegiance::irregular);
  EXPECT_EQ(forces->at(0).role, ForceRole::post);
  EXPECT_NEAR(geo::degrees(forces->at(0).place.lat_rad), 34.05, 1e-12);
}

TEST(ForceTable, SaysWhichLineIsWrongAndHow) {
  std::istringstream in(
      "name,allegiance,role,lat_deg,lon_deg,uncertainty_m,heard\n"
      "patrol 4,ours,patrol,34.05,41.1,10,2026-11-03T01:00:00Z\n");
  const auto forces = read_forces(in, "forces.csv");
  ASSERT_FALSE(forces);
  EXPECT_EQ(to_string(forces.error()),
            "forces.csv:2: allegiance is 'ours'; expected one of own, allied, irregular, partner");
}

}  // namespace
}  // namespace marsad::border
