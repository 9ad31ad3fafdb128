// SPDX-License-Identifier: Apache-2.0
// What each rule says of movers drawn on a plane, and what it must not say.
#include "incident/rules.h"

#include <gmock/gmock.h>

#include "incident/judge.h"
#include "tests/incident/drawn.h"

namespace marsad::incident {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// The movers of one moment, as the judge gets them.
using Moment = std::vector<track::Track>;

// A mover with a velocity and a class.
track::Track mover(Drawn drawn, double ve_mps, double vn_mps,
                   sensor::MoverClass is = sensor::MoverClass::person) {
  track::Track track = track_of(drawn);
  track.ve_mps = ve_mps;
  track.vn_mps = vn_mps;
  track.classes = {};
  track.classes[static_cast<std::size_t>(is)] = 1;
  return track;
}

std::vector<Incident> judged(const RuleSettings& rules, const std::vector<Moment>& moments,
                             std::shared_ptr<const border::Border> border = straight_border(),
                             std::vector<track::Group> groups = {}) {
  JudgeSettings settings;
  settings.rules = rules;
  Judge judge(settings, std::move(border), {1});
  std::vector<Incident> all;
  for (const Moment& moment : moments) {
    for (Incident& incident : judge.judge(moment, groups)) {
      std::erase_if(all, [&](const Incident& old) { return old.id == incident.id; });
      all.push_back(std::move(incident));
    }
  }
  std::erase_if(all, [](const Incident& incident) { return incident.merged_into.has_value(); });
  return all;
}

// One mover, five moments a second, straight on with this velocity.
std::vector<Moment> goes(Drawn from, double ve_mps, double vn_mps, double duration_s,
                         sensor::MoverClass is = sensor::MoverClass::person) {
  std::vector<Moment> out;
  for (int i = 0; i < static_cast<int>(duration_s * 5); ++i) {
    Drawn drawn = from;
    drawn.t_s += 0.2 * i;
    drawn.east_m += 0.2 * i * ve_mps;
    drawn.north_m += 0.2 * i * vn_mps;
    out.push_back({mover(drawn, ve_mps, vn_mps, is)});
  }
  return out;
}

std::vector<Moment> then(std::vector<Moment> first, const std::vector<Moment>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// Both at once.
std::vector<Moment> with(std::vector<Moment> one, const std::vector<Moment>& other) {
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    one[i].insert(one[i].end(), other[i].begin(), other[i].end());
  }
  return one;
}

TEST(ApproachRule, TellsOnceHowFarOffAndWhenItWouldArrive) {
  RuleSettings rules;
  rules.approach = everywhere(ApproachSettings{});
  const auto told = judged(rules, goes({.east_m = -200}, 1.5, 0, 60));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::approach);
  EXPECT_EQ(told[0].direction, Direction::inbound);
  EXPECT_THAT(told[0].because, HasSubstr("1 person came towards the line from the far side"));
  EXPECT_THAT(told[0].because, HasSubstr("at 1.5 m/s"));
  // From home, the other way.
  const auto outbound = judged(rules, goes({.east_m = 200}, -1.5, 0, 30));
  ASSERT_THAT(outbound, SizeIs(1));
  EXPECT_EQ(outbound[0].direction, Direction::outbound);
}

TEST(ApproachRule, SaysNothingOfOneWhoGoesAlongAwayOrTooSlowly) {
  RuleSettings rules;
  rules.approach = everywhere(ApproachSettings{});
  EXPECT_THAT(judged(rules, goes({.east_m = -100}, 0.5, 1.5, 30)), IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -100}, -1.5, 0, 30)), IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -290}, 0.4, 0, 30)), IsEmpty());  // not in 3 minutes
  EXPECT_THAT(judged(rules, goes({.east_m = -800}, 1.5, 0, 30)), IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -200}, 1.5, 0, 4)), IsEmpty());  // not for long
}

TEST(ApproachRule, GoesByStretchAndTime) {
  RuleSettings rules;
  ApproachSettings near;
  near.within_m = 50;
  rules.approach.add({}, ApproachSettings{});
  rules.approach.add({.from_m = 3000, .to_m = 5500}, near);
  rules.approach.add_off({.from_m = 8000, .to_m = 9000});
  Scope night;
  night.from_s = 20 * 3600;
  night.to_s = 5 * 3600;
  rules.approach.add_off(night);
  const Drawn far{.t_s = 6 * 3600, .east_m = -200};
  const auto at_km = [&](double km, double t_s) {
    return judged(rules,
                  goes({.t_s = t_s, .east_m = -200, .north_m = 5000 - 1000 * km}, 1.5, 0, 20))
        .size();
  };
  EXPECT_EQ(at_km(2, far.t_s), 1U);
  EXPECT_EQ(at_km(4, far.t_s), 0U);    // only from 50 m on
  EXPECT_EQ(at_km(8.5, far.t_s), 0U);  // off
  EXPECT_EQ(at_km(2, 23 * 3600), 0U);  // at night
  EXPECT_EQ(at_km(2, 4.9 * 3600), 0U);
}

TEST(TurnedBackRule, TellsWhereItWasNearest) {
  RuleSettings rules;
  rules.turned_back = everywhere(TurnedBackSettings{});
  const auto path =
      then(goes({.east_m = -100}, 2, 0, 35), goes({.t_s = 35, .east_m = -30}, -2, 0, 35));
  const auto told = judged(rules, path);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::turned_back);
  EXPECT_EQ(told[0].direction, Direction::inbound);
  EXPECT_NEAR(base::to_seconds(told[0].time.time_since_epoch()), 35, 0.5);
  EXPECT_THAT(told[0].because, HasSubstr("to 30 m off the line and turned back"));
}

TEST(TurnedBackRule, SaysNothingOfOneWhoCrossesComesNotSoNearOrOnlyLeaves) {
  RuleSettings rules;
  rules.turned_back = everywhere(TurnedBackSettings{});
  const auto crossed = judged(rules, goes({.east_m = -100}, 2, 0, 100));
  ASSERT_THAT(crossed, SizeIs(1));
  EXPECT_EQ(crossed[0].kind, Kind::crossing);
  EXPECT_THAT(judged(rules, then(goes({.east_m = -180}, 2, 0, 50),
                                 goes({.t_s = 50, .east_m = -80}, -2, 0, 50))),
              IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -20}, -2, 0, 60)), IsEmpty());
}

TEST(WaitingRule, TellsOfOneWhoStaysAndNotOfOneWhoGoes) {
  RuleSettings rules;
  rules.waiting = everywhere(WaitingSettings{});
  const auto told = judged(rules, goes({.east_m = -40}, 0.02, 0.02, 125));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::waiting);
  EXPECT_THAT(judged(rules, goes({.east_m = -40}, 0, 0.3, 125)), IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -40}, 0, 0, 115)), IsEmpty());
  EXPECT_THAT(judged(rules, goes({.east_m = -120}, 0, 0, 125)), IsEmpty());
}

TEST(LostRule, TellsOfOneUnseenWhomTheTrackerStillBelievesIn) {
  RuleSettings rules;
  rules.lost = everywhere(LostSettings{});
  const auto unseen = [&](double existence) {
    auto moments = goes({.east_m = -80}, 1, 0, 10);
    for (int i = 0; i < 100; ++i) {
      track::Track hidden = mover({.t_s = 10 + 0.2 * i, .east_m = -70}, 0, 0);
      hidden.last_seen = second(10);
      hidden.existence = existence;
      moments.push_back({hidden});
    }
    return judged(rules, moments);
  };
  const auto told = unseen(0.9);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::lost);
  EXPECT_EQ(told[0].time, second(10));
  EXPECT_THAT(told[0].because, HasSubstr("70 m off the line on the far side"));
  EXPECT_THAT(unseen(0.2), IsEmpty());  // gone, in the open
}

TEST(ReturnTripRule, MakesOneIncidentOfBothWays) {
  RuleSettings rules;
  rules.return_trip = everywhere(ReturnTripSettings{});
  const auto there = goes({.east_m = -15}, 1.5, 0, 20);
  const auto back = goes({.t_s = 300, .east_m = 15}, -1.5, 0, 20);
  const auto told = judged(rules, then(there, back));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::return_trip);
  EXPECT_EQ(told[0].direction, Direction::inbound);
  EXPECT_EQ(told[0].history.size(), 2U);
  // Back too late, and by another.
  const auto late = goes({.t_s = 2000, .east_m = 15}, -1.5, 0, 20);
  EXPECT_THAT(judged(rules, then(there, late)), SizeIs(2));
  const auto other = goes({.t_s = 300, .east_m = 15, .id = 2}, -1.5, 0, 20);
  EXPECT_THAT(judged(rules, then(there, other)), SizeIs(2));
}

std::shared_ptr<const border::Border> with_berm(std::vector<border::BarrierChange> history) {
  border::Border border = *straight_border();
  border::Barrier& berm = border.barriers.emplace_back();
  berm.name = "north";
  berm.line = {at(30, 2000), at(30, -2000)};
  berm.history = std::move(history);
  return std::make_shared<border::Border>(std::move(border));
}

TEST(BreachRule, TellsOfAVehicleWhereABarrierStands) {
  RuleSettings rules;
  rules.breach = everywhere(BreachSettings{});
  const auto truck = goes({.east_m = -60}, 6, 0, 20, sensor::MoverClass::vehicle);
  const auto told = judged(rules, truck, with_berm({}));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::breach);
  EXPECT_THAT(told[0].because, HasSubstr("where the berm north stands"));
}

TEST(BreachRule, IsACrossingWhereNothingStandsOrNobodyDrives) {
  RuleSettings rules;
  rules.breach = everywhere(BreachSettings{});
  const auto kind = [&](const std::vector<Moment>& moments,
                        std::shared_ptr<const border::Border> border) {
    const auto told = judged(rules, moments, std::move(border));
    return told.size() == 1 ? told[0].kind : Kind::tampering;
  };
  const auto truck = goes({.east_m = -60}, 6, 0, 20, sensor::MoverClass::vehicle);
  border::BarrierChange breached{4900,         5100,         border::BarrierCondition::breached,
                                 base::Time{}, base::Time{}, ""};
  EXPECT_EQ(kind(truck, with_berm({breached})), Kind::crossing);
  // Not learnt yet.
  breached.learnt = second(1000);
  EXPECT_EQ(kind(truck, with_berm({breached})), Kind::breach);
  // Far from it, at a gate, and by somebody who climbs.
  EXPECT_EQ(kind(goes({.east_m = -60, .north_m = 3000}, 6, 0, 20, sensor::MoverClass::vehicle),
                 with_berm({})),
            Kind::crossing);
  border::Border gated = *with_berm({});
  gated.barriers.push_back({"gate", border::BarrierKind::gate, {at(30, 10)}, 0, 0, {}});
  EXPECT_EQ(kind(truck, std::make_shared<border::Border>(gated)), Kind::crossing);
  EXPECT_EQ(kind(goes({.east_m = -60}, 6, 0, 20), with_berm({})), Kind::crossing);
}

track::Group group_of(std::vector<track::TrackId> members) {
  track::Group group;
  group.id = {1};
  group.members = std::move(members);
  return group;
}

TEST(GroupRule, TellsOfThreeWhoComeTogetherAndNotOfTwo) {
  RuleSettings rules;
  rules.group = everywhere(GroupRuleSettings{});
  const auto three = with(with(goes({.east_m = -150, .id = 1}, 1.2, 0, 10),
                               goes({.east_m = -150, .north_m = 10, .id = 2}, 1.2, 0, 10)),
                          goes({.east_m = -160, .id = 3}, 1.2, 0, 10));
  const auto told = judged(rules, three, straight_border(), {group_of({{1}, {2}, {3}})});
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::group);
  EXPECT_EQ(told[0].tracks.size(), 3U);
  EXPECT_THAT(told[0].because, HasSubstr("3 persons came towards the line together"));
  EXPECT_THAT(judged(rules, three, straight_border(), {group_of({{1}, {2}})}), IsEmpty());
}

TEST(GroupRule, SaysNothingOfAHerdOrOfPeopleWhoGoHome) {
  RuleSettings rules;
  rules.group = everywhere(GroupRuleSettings{});
  for (const auto& [is, speed_mps] :
       {std::pair{sensor::MoverClass::animal, 1.2}, std::pair{sensor::MoverClass::person, -1.2}}) {
    const auto three = with(with(goes({.east_m = -150, .id = 1}, speed_mps, 0, 10, is),
                                 goes({.east_m = -155, .id = 2}, speed_mps, 0, 10, is)),
                            goes({.east_m = -160, .id = 3}, speed_mps, 0, 10, is));
    EXPECT_THAT(judged(rules, three, straight_border(), {group_of({{1}, {2}, {3}})}), IsEmpty());
  }
}

TEST(ConvoyRule, TellsOfThreeVehiclesInFile) {
  RuleSettings rules;
  rules.convoy = everywhere(ConvoySettings{});
  const auto vehicle = [](std::uint64_t id, double north_m, double vn_mps) {
    return goes({.east_m = 80, .north_m = north_m, .id = id}, 0, vn_mps, 12,
                sensor::MoverClass::vehicle);
  };
  const auto two = with(vehicle(1, 0, 10), vehicle(2, 60, 10));
  const auto told = judged(rules, with(two, vehicle(3, 130, 10)));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::convoy);
  EXPECT_THAT(told[0].because, HasSubstr("3 vehicles went one after the other on the home side"));
  EXPECT_THAT(judged(rules, two), IsEmpty());
  EXPECT_THAT(judged(rules, with(two, vehicle(3, 300, 10))), IsEmpty());   // too far behind
  EXPECT_THAT(judged(rules, with(two, vehicle(3, 130, -10))), IsEmpty());  // comes towards them
}

// Two from both sides who come to the line, stand there for a while and go back.
std::vector<Moment> meeting(double stand_s, double one_from_m = -60) {
  const double way_m = std::abs(one_from_m) - 4;
  const double sign = one_from_m < 0 ? 1 : -1;
  const double t1 = way_m / 1.5, t2 = t1 + stand_s;
  const auto one = then(then(goes({.east_m = one_from_m, .id = 1}, sign * 1.5, 0, t1),
                             goes({.t_s = t1, .east_m = -sign * 4, .id = 1}, 0, 0, stand_s)),
                        goes({.t_s = t2, .east_m = -sign * 4, .id = 1}, -sign * 1.5, 0, 40));
  const auto other =
      then(then(goes({.east_m = 4 + way_m, .north_m = 2, .id = 2}, -1.5, 0, t1),
                goes({.t_s = t1, .east_m = 4, .north_m = 2, .id = 2}, 0, 0, stand_s)),
           goes({.t_s = t2, .east_m = 4, .north_m = 2, .id = 2}, 1.5, 0, 40));
  return with(one, other);
}

TEST(HandOverRule, TellsOfTwoFromBothSidesWhoMeetAndPart) {
  RuleSettings rules;
  rules.hand_over = everywhere(HandOverSettings{});
  const auto told = judged(rules, meeting(15));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::hand_over);
  EXPECT_EQ(told[0].direction, Direction::none);
  EXPECT_EQ(told[0].tracks.size(), 2U);
  EXPECT_THAT(told[0].because, HasSubstr("2 persons from both sides met"));
}

TEST(HandOverRule, KnowsThatTwoMayBeNearerThanTheySeem) {
  RuleSettings rules;
  rules.hand_over = everywhere(HandOverSettings{});
  const auto apart = [&](double north_sigma_m) {  // 25 m along the line
    std::vector<Moment> moments = meeting(15);
    for (Moment& moment : moments) {
      for (track::Track& track : moment) {
        if (track.id.value == 2) {
          const geo::Enu here = test::kPlane.to_enu(track.place);
          track.place = test::at(here.east, 25);
        }
        track.cov[4] = north_sigma_m * north_sigma_m;
      }
    }
    return judged(rules, moments);
  };
  EXPECT_THAT(apart(2), IsEmpty());
  EXPECT_THAT(apart(12), SizeIs(1));
}

TEST(HandOverRule, LinksWhatBothDidBefore) {
  RuleSettings rules;
  rules.hand_over = everywhere(HandOverSettings{});
  rules.approach = everywhere(ApproachSettings{});
  const auto told = judged(rules, meeting(15));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::hand_over);
  EXPECT_THAT(told[0].because, HasSubstr("before: approach at 00:00:"));
}

TEST(HandOverRule, SaysNothingOfThoseWhoPassEachOtherOrComeFromOneSide) {
  RuleSettings rules;
  rules.hand_over = everywhere(HandOverSettings{});
  const auto pass = judged(rules, with(goes({.east_m = -60, .id = 1}, 1.5, 0, 80),
                                       goes({.east_m = 60, .north_m = 3, .id = 2}, -1.5, 0, 80)));
  for (const Incident& incident : pass) EXPECT_EQ(incident.kind, Kind::crossing);
  EXPECT_THAT(pass, SizeIs(2));
  EXPECT_THAT(judged(rules, meeting(15, 75)), IsEmpty());
  EXPECT_THAT(judged(rules, meeting(2)), IsEmpty());
}

TEST(DroneRule, TellsOfAnAircraftOverTheLineAndOfWhoPicksUp) {
  RuleSettings rules;
  rules.drone = everywhere(DroneSettings{});
  const auto over = goes({.east_m = -100}, 10, 0, 20, sensor::MoverClass::aircraft);
  const auto hovers = goes({.t_s = 20, .east_m = 100}, 0.5, 0, 6, sensor::MoverClass::aircraft);
  const auto flown = judged(rules, over);
  ASSERT_THAT(flown, SizeIs(1));
  EXPECT_EQ(flown[0].kind, Kind::drone_crossing);
  const auto comes = goes({.t_s = 100, .east_m = 150, .id = 2}, -2, 0, 20);
  const auto stays = goes({.t_s = 120, .east_m = 110, .id = 2}, 0, 0, 8);
  const auto told = judged(rules, then(then(over, hovers), then(comes, stays)));
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].kind, Kind::drone_drop);
  EXPECT_EQ(told[0].tracks, (std::vector<track::TrackId>{{1}, {2}}));
  EXPECT_THAT(told[0].because, HasSubstr("stayed where an aircraft had hovered"));
  // One who passes by picks nothing up, and where none hovered there is nothing.
  const auto passes = goes({.t_s = 100, .east_m = 150, .id = 2}, -1.5, 0, 60);
  EXPECT_EQ(judged(rules, then(then(over, hovers), passes)).front().kind, Kind::drone_crossing);
  EXPECT_EQ(judged(rules, then(over, then(comes, stays))).front().kind, Kind::drone_crossing);
}

}  // namespace
}  // namespace marsad::incident
