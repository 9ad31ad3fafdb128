// SPDX-License-Identifier: Apache-2.0
#include "incident/deconflict.h"

#include <gmock/gmock.h>

#include "tests/incident/drawn.h"

namespace marsad::incident {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const base::Time kNow = second(10'000);

// At the origin.
Incident incident_here(std::uint64_t id = 1) {
  Incident incident;
  incident.id.value = id;
  incident.place = at(0, 0);
  return incident;
}

border::ForceReport patrol(const std::string& name, geo::Geodetic place, double age_s) {
  border::ForceReport report;
  report.name = name;
  report.place = place;
  report.uncertainty_m = 10;
  report.heard = kNow - base::from_seconds(age_s);
  return report;
}

border::Border border_with(std::vector<border::ForceReport> forces,
                           std::vector<border::Zone> zones = {}) {
  border::Border border = *straight_border();
  border.forces = std::move(forces);
  border.zones = std::move(zones);
  return border;
}

const Tasking kUs{"patrol 1", at(3000, 0)};

std::vector<Warning> warnings(const border::Border& border, std::vector<Incident> others = {},
                              const Tasking& tasking = kUs) {
  return deconflict(incident_here(), tasking, border, others, kNow);
}

TEST(Deconflict, WarnsOfAForceNearTheIncidentWithWhoWhereAndHowOld) {
  const auto found = warnings(border_with({patrol("patrol 4", at(200, 0), 30)}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, WarningKind::force_near);
  EXPECT_EQ(found[0].who, "patrol 4");
  EXPECT_EQ(found[0].where, at(200, 0));
  EXPECT_EQ(found[0].age_s, 30);
  EXPECT_NEAR(found[0].off_m, 200, 0.1);
  EXPECT_EQ(found[0].text, "own patrol patrol 4 is 200 m off the incident, heard of 30 s ago");
}

TEST(Deconflict, CountsThatAPatrolMayHaveGoneOn) {
  const auto place = at(0, 1500);
  EXPECT_THAT(warnings(border_with({patrol("patrol 4", place, 30)})), IsEmpty());
  EXPECT_THAT(warnings(border_with({patrol("patrol 4", place, 600)})), SizeIs(1));
  border::ForceReport post = patrol("post 4", place, 600);
  post.role = border::ForceRole::post;
  EXPECT_THAT(warnings(border_with({post})), IsEmpty());
  // Heard of last night: it may be anywhere, which tells nothing.
  EXPECT_THAT(warnings(border_with({patrol("patrol 4", place, 7 * 3600)})), IsEmpty());
}

TEST(Deconflict, WarnsOfAForceOnTheWayButNotOfOneselfOrAside) {
  const auto found =
      warnings(border_with({patrol("patrol 1", at(2900, 0), 5), patrol("post 2", at(1500, 100), 5),
                            patrol("patrol 3", at(1500, 1500), 5)}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, WarningKind::force_on_way);
  EXPECT_EQ(found[0].who, "post 2");
}

TEST(Deconflict, WarnsOfAnotherPatrolThatConverges) {
  Incident other = incident_here(2);
  other.place = at(0, 400);
  other.state = LifecycleState::tasked;
  other.tasked_to = "patrol 7";
  const auto found = warnings(border_with({patrol("patrol 7", at(0, 3000), 60)}), {other});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].kind, WarningKind::converging);
  EXPECT_EQ(found[0].where, at(0, 3000));
  EXPECT_EQ(found[0].age_s, 60);
  EXPECT_THAT(found[0].text,
              HasSubstr("patrol 7 is on its way to incident 2, 400 m from this one"));
  // Done already, or the same patrol, or elsewhere.
  Incident done = other;
  done.state = LifecycleState::resolved;
  Incident ours = other;
  ours.tasked_to = "patrol 1";
  Incident elsewhere = other;
  elsewhere.place = at(0, 4000);
  EXPECT_THAT(warnings(border_with({}), {done, ours, elsewhere}), IsEmpty());
}

border::Zone square(border::ZoneKind kind, double east_m, double north_m) {
  border::Zone zone;
  zone.name = "field";
  zone.kind = kind;
  zone.ring = {at(east_m - 100, north_m - 100), at(east_m + 100, north_m - 100),
               at(east_m + 100, north_m + 100), at(east_m - 100, north_m + 100)};
  return zone;
}

TEST(Deconflict, WarnsOfDangerousZonesThereAndOnTheWayWhileTheyHold) {
  const auto there = warnings(border_with({}, {square(border::ZoneKind::minefield, 0, 0)}));
  ASSERT_THAT(there, SizeIs(1));
  EXPECT_EQ(there[0].kind, WarningKind::zone_there);
  const auto on_way = warnings(border_with({}, {square(border::ZoneKind::air_danger, 1500, 0)}));
  ASSERT_THAT(on_way, SizeIs(1));
  EXPECT_EQ(on_way[0].kind, WarningKind::zone_on_way);
  EXPECT_NEAR(on_way[0].off_m, 1400, 25);
  EXPECT_FALSE(on_way[0].age_s);
  border::Zone over = square(border::ZoneKind::air_danger, 0, 0);
  over.until = kNow;
  EXPECT_THAT(warnings(border_with({}, {over, square(border::ZoneKind::village, 0, 0),
                                        square(border::ZoneKind::minefield, 1500, 500)})),
              IsEmpty());
}

TEST(Deconflict, TellsTheGravestFirst) {
  const auto found =
      warnings(border_with({patrol("post 2", at(1500, 0), 5), patrol("patrol 4", at(100, 0), 5)},
                           {square(border::ZoneKind::minefield, 0, 0)}));
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].kind, WarningKind::force_near);
  EXPECT_EQ(found[1].kind, WarningKind::force_on_way);
  EXPECT_EQ(found[2].kind, WarningKind::zone_there);
}

}  // namespace
}  // namespace marsad::incident
