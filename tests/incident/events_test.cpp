// SPDX-License-Identifier: Apache-2.0
#include "incident/events.h"

#include <gmock/gmock.h>

#include "incident/judge.h"
#include "tests/incident/drawn.h"

namespace marsad::incident {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// What a rule may have found of mover `id`.
Finding finding(Kind kind, double t_s, std::uint64_t id, double km = 4,
                Direction direction = Direction::inbound) {
  Finding found;
  found.kind = kind;
  found.direction = direction;
  found.time = second(t_s);
  found.chainage_m = 1000 * km;
  found.probability = 0.8;
  found.movers = {track_of({.t_s = t_s, .id = id})};
  found.what = "did something";
  return found;
}

TEST(Events, RaiseOneIncidentAsMoreIsFoundOfIt) {
  Events events({}, {1}, {});
  const auto first = events.add(finding(Kind::approach, 0, 1), second(1));
  ASSERT_THAT(first, SizeIs(1));
  const auto second_time = events.add(finding(Kind::crossing, 100, 1), second(101));
  ASSERT_THAT(second_time, SizeIs(1));
  const Incident& incident = second_time[0];
  EXPECT_EQ(incident.id, first[0].id);
  EXPECT_EQ(incident.kind, Kind::crossing);
  EXPECT_EQ(incident.time, second(100));
  EXPECT_EQ(incident.told, second(1));
  ASSERT_THAT(incident.history, SizeIs(2));
  EXPECT_EQ(incident.history[0].kind, Kind::approach);
  EXPECT_THAT(incident.because, HasSubstr("before: approach at 00:00:00"));
  // What says less does not lower it again.
  EXPECT_EQ(events.add(finding(Kind::waiting, 160, 1), second(160)).at(0).kind, Kind::crossing);
}

TEST(Events, CountMoversOfTheKindTheyAreToldAs) {
  Events events({}, {1}, {});
  events.add(finding(Kind::approach, 0, 1), second(0));
  events.add(finding(Kind::approach, 1, 2), second(1));
  const auto crossed = events.add(finding(Kind::crossing, 60, 1), second(60));
  EXPECT_EQ(crossed.at(0).tracks.size(), 2U);
  EXPECT_THAT(crossed.at(0).because, HasSubstr("1 person did something"));
  EXPECT_THAT(events.add(finding(Kind::crossing, 70, 2), second(70)).at(0).because,
              HasSubstr("2 persons did something"));
}

TEST(Events, AreNoSurerForAMoverToldTwice) {
  Events events({}, {1}, {});
  events.add(finding(Kind::crossing, 0, 1), second(0));
  EXPECT_EQ(events.add(finding(Kind::crossing, 5, 1), second(5)).at(0).probability, 0.8);
  EXPECT_NEAR(events.add(finding(Kind::crossing, 9, 2), second(9)).at(0).probability, 0.96, 1e-12);
}

TEST(Events, GrowOnWhileMoreComeOneAfterTheOther) {
  Events events({}, {1}, {});
  for (std::uint64_t id = 1; id <= 5; ++id) {
    const double t_s = 50 * static_cast<double>(id);
    EXPECT_EQ(events.add(finding(Kind::crossing, t_s, id), second(t_s)).at(0).id.value, 1U);
  }
}

TEST(Events, AreApartByPlaceTimeAndWayUnlessAMoverLinksThem) {
  Events events({}, {1}, {});
  events.add(finding(Kind::crossing, 0, 1), second(0));
  EXPECT_EQ(events.add(finding(Kind::crossing, 5, 2, 4.2), second(5)).at(0).id.value, 2U);
  EXPECT_EQ(
      events.add(finding(Kind::crossing, 5, 3, 4, Direction::outbound), second(5)).at(0).id.value,
      3U);
  EXPECT_EQ(events.add(finding(Kind::crossing, 70, 4), second(70)).at(0).id.value, 4U);
  // The first mover again, much later and farther on.
  EXPECT_EQ(events.add(finding(Kind::waiting, 900, 1, 4.9), second(900)).at(0).id.value, 1U);
}

TEST(Events, MergeTwoThatTurnOutToBeOne) {
  Events events({}, {1}, {});
  events.add(finding(Kind::approach, 0, 1), second(0));
  Finding other = finding(Kind::approach, 5, 2, 4, Direction::outbound);
  other.what = "came from the home side";
  events.add(other, second(5));
  Finding met = finding(Kind::hand_over, 100, 1, 4, Direction::none);
  met.movers.push_back(track_of({.t_s = 100, .id = 2}));
  const auto changed = events.add(met, second(100));
  ASSERT_THAT(changed, SizeIs(2));
  EXPECT_EQ(changed[0].id.value, 2U);
  EXPECT_EQ(changed[0].merged_into, IncidentId{1});
  EXPECT_EQ(changed[1].id.value, 1U);
  EXPECT_EQ(changed[1].kind, Kind::hand_over);
  EXPECT_EQ(changed[1].tracks, (std::vector<track::TrackId>{{1}, {2}}));
  EXPECT_THAT(changed[1].history, SizeIs(3));
}

TEST(Events, LeaveOutNumbersThatAreTaken) {
  Events events({}, {1}, {{1}, {3}});
  EXPECT_EQ(events.add(finding(Kind::crossing, 0, 1), second(0)).at(0).id.value, 2U);
  EXPECT_EQ(events.add(finding(Kind::crossing, 500, 2), second(500)).at(0).id.value, 4U);
}

JudgeSettings with_known(std::vector<KnownTraffic> known) {
  JudgeSettings settings;
  settings.known = std::move(known);
  return settings;
}

TEST(KnownTraffic, IsHeldBackAndCountedOnce) {
  KnownTraffic gate;
  gate.name = "gate 3";
  gate.scope = {.from_m = 3900, .to_m = 4100};
  Judge judge(with_known({gate}), straight_border(), {1});
  EXPECT_THAT(test::judged(judge, walk({.east_m = -15, .north_m = 1000, .id = 7}, 1.5, 20)),
              IsEmpty());
  EXPECT_THAT(
      test::judged(judge, walk({.t_s = 30, .east_m = 15, .north_m = 1000, .id = 7}, -1.5, 20)),
      IsEmpty());
  EXPECT_EQ(judge.held_back(), (std::vector<HeldBack>{{"gate 3", 1}}));
  // Beside it, one is told.
  EXPECT_THAT(
      test::judged(judge, walk({.t_s = 60, .east_m = -15, .north_m = 800, .id = 8}, 1.5, 20)),
      SizeIs(1));
}

TEST(KnownTraffic, ExcusesOnlyItsClassAndHours) {
  KnownTraffic shepherd;
  shepherd.name = "shepherd";
  shepherd.mover = sensor::MoverClass::animal;
  Judge by_class(with_known({shepherd}), straight_border(), {1});
  EXPECT_THAT(test::judged(by_class, walk({.east_m = -15}, 1.5, 20)), SizeIs(1));
  KnownTraffic open;
  open.name = "open";
  open.scope.from_s = 8 * 3600;
  open.scope.to_s = 16 * 3600;
  Judge by_hour(with_known({open}), straight_border(), {1});
  EXPECT_THAT(test::judged(by_hour, walk({.t_s = 7 * 3600, .east_m = -15}, 1.5, 20)), SizeIs(1));
  EXPECT_THAT(test::judged(by_hour, walk({.t_s = 9 * 3600, .east_m = -15, .id = 2}, 1.5, 20)),
              IsEmpty());
}

std::shared_ptr<const border::Border> with_patrol(base::Time heard, border::Allegiance allegiance) {
  border::Border border = *straight_border();
  border.forces = {{"patrol 4", allegiance, border::ForceRole::patrol, at(10, 0), 20, heard}};
  return std::make_shared<border::Border>(std::move(border));
}

TEST(KnownTraffic, ExcusesAnOwnPatrolJustHeardOfThereAndNoOther) {
  const auto count = [&](double heard_s, border::Allegiance allegiance, double north_m) {
    Judge judge({}, with_patrol(second(heard_s), allegiance), {1});
    return test::judged(judge, walk({.t_s = 1000, .east_m = -15, .north_m = north_m}, 1.5, 20))
        .size();
  };
  EXPECT_EQ(count(990, border::Allegiance::own, 0), 0U);
  EXPECT_EQ(count(900, border::Allegiance::own, 0), 1U);        // too long ago
  EXPECT_EQ(count(990, border::Allegiance::own, 150), 1U);      // elsewhere
  EXPECT_EQ(count(990, border::Allegiance::irregular, 0), 1U);  // not ours
}

TEST(Tampering, IsToldOfASensorCoveredBlindedOrMovedAndOfNoOtherTrouble) {
  JudgeSettings settings;
  settings.tells_tampering = true;
  Judge judge(settings, straight_border(), {1});
  const auto trouble = [&](sensor::HealthState state, double t_s) {
    return judge.judge({{"T1"}, at(50, 1000), {state, second(t_s), "for 5 s"}}, second(t_s + 5));
  };
  EXPECT_THAT(trouble(sensor::HealthState::noisy, 0), IsEmpty());
  EXPECT_THAT(trouble(sensor::HealthState::no_signal, 0), IsEmpty());
  const auto told = trouble(sensor::HealthState::covered, 10);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::tampering);
  EXPECT_NEAR(told[0].chainage_m, 4000, 1);
  EXPECT_EQ(told[0].because, "sensor T1 was covered: for 5 s at km 4.0");
  EXPECT_THAT(trouble(sensor::HealthState::covered, 30), IsEmpty());  // flickers
  EXPECT_THAT(trouble(sensor::HealthState::moved, 300), SizeIs(1));
  Judge silent({}, straight_border(), {1});
  EXPECT_THAT(silent.judge({{"T1"}, at(50, 1000), {sensor::HealthState::covered, second(1), ""}},
                           second(5)),
              IsEmpty());
}

}  // namespace
}  // namespace marsad::incident
