// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/scenario/reports.h"

// Each kind of incident beside the plain crossing, and what is nearly one and must stay silent.
// docs/worlds.md tells how to draw a world.
namespace marsad::scenario {
namespace {

constexpr std::string_view kTowardsTheLine = R"(
      . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . . . b . . .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . c . . .

      home: south
      T: looking east, fov 16 deg
      )";

std::string world(std::string_view picture, const std::string& legend) {
  return std::string(picture) + legend;
}

TEST(Approach, IsToldOfAWalkerWhoComesTowardsTheLine) {
  EXPECT_THAT(run(world(kTowardsTheLine, R"(rules: approach
      walker: person along a-b, 1.6 m/s, from 5 s
      time: 35 s
      )")),
              Reports("inbound approach at x, seen by T, of 1 track"));
}

TEST(Approach, BecomesTheCrossingItLeadsTo) {
  EXPECT_THAT(run(world(kTowardsTheLine, R"(rules: approach
      walker: person along a-c, 2 m/s, from 5 s
      )")),
              Reports("inbound crossing at x, of 1 track, after approach"));
}

TEST(Approach, IsNoneOfAWalkerAlongTheLineOrAway) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . a . b . . d . .
      . . . . . . . . . . . . . . . c . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 16 deg
      rules: approach
      walker: person along a-b, 2 m/s, from 5 s
      other: person along c-d, 1.5 m/s, from 5 s
      time: 40 s
      )"),
              TracksButReportsNothing());
}

constexpr std::string_view kThereAndBack = R"(
      . . . . . . . . . . . . . . . a . .
      . . . . . . . . . . . . . . . m . .
      . . . . . . . . . . . . . . b x . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 16 deg
      rules: turned_back
      )";

TEST(TurnedBack, IsToldOfAWalkerWhoComesToTheLineAndGoesBack) {
  EXPECT_THAT(run(world(kThereAndBack, "walker: person along a-b-a, 3 m/s, from 5 s\n")),
              Reports("inbound turned_back at b, seen by T"));
}

TEST(TurnedBack, IsNoneOfAWalkerWhoDoesNotComeToTheLine) {
  EXPECT_THAT(run(world(kThereAndBack, "walker: person along a-m-a, 3 m/s, from 5 s\n")),
              TracksButReportsNothing());
}

constexpr std::string_view kBesideTheLine = R"(
      . . . . . . . . a b . . . . . . . .
      T - - - - - - - x - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 16 deg
      rules: waiting for 25 s
      time: 45 s
      )";

TEST(Waiting, IsToldOfAWalkerWhoPacesUpAndDown) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . a b .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - - - - - - - - - - - - - x - -
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .

      cell: 12 m
      home: south
      T: looking east, fov 20 deg
      rules: waiting for 25 s
      walker: person along a-b-a-b-a, 1.2 m/s, from 5 s
      time: 45 s
      )"),
              Reports("inbound waiting at x, seen by T"));
}

TEST(Waiting, IsNoneOfAWalkerWhoPasses) {
  EXPECT_THAT(run(world(kBesideTheLine, "walker: person along a-b, 1.2 m/s, from 5 s\n")),
              TracksButReportsNothing());
}

constexpr std::string_view kGroups = R"(
      . . . . . . . . . . a . . . . . . .
      . . . . . . . . . . b . . . . . . .
      T - - - - - - - - - x - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 20 deg
      rules: group
      time: 40 s
      )";

TEST(Group, IsToldOfWalkersWhoComeTogether) {
  EXPECT_THAT(run(world(kGroups, "walkers: 4 persons along a-b, 10 m apart, 1.4 m/s, from 5 s\n")),
              Reports("inbound group at x, of 3 tracks or more"));
}

TEST(Group, IsNoneOfTwo) {
  EXPECT_THAT(run(world(kGroups, "walkers: 2 persons along a-b, 10 m apart, 1.4 m/s, from 5 s\n")),
              TracksButReportsNothing());
}

constexpr std::string_view kRoad = R"(
      . . . . . . . . . . . . a . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . b . . .
      T - - - - - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 40 deg
      rules: convoy
      time: 40 s
      )";

TEST(Convoy, IsToldOfVehiclesInFile) {
  EXPECT_THAT(run(world(kRoad, "trucks: 3 vehicles along a-b, 45 m apart, 8 m/s, from 5 s\n")),
              testing::ResultOf(
                  [](const Outcome& outcome) {
                    return outcome.incidents.size() == 1 &&
                           outcome.incidents[0].kind == incident::Kind::convoy &&
                           outcome.incidents[0].tracks.size() == 3;
                  },
                  true));
}

TEST(Convoy, IsNoneOfTwoVehicles) {
  EXPECT_THAT(run(world(kRoad, "trucks: 2 vehicles along a-b, 45 m apart, 8 m/s, from 5 s\n")),
              TracksButReportsNothing());
}

TEST(Lost, IsToldOfAWalkerWhoDoesNotComeOutBehindARidge) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - ^ - - - x - - -
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . .

      cell: 25 m
      ridge: 20 m
      home: south
      T: looking east, fov 30 deg
      rules: lost
      runner: person along a-x, 2 m/s, from 5 s
      time: 70 s
      )"),
              Reports("inbound lost at x, seen by T"));
}

TEST(Lost, IsNoneOfAWalkerWhoVanishesInTheOpen) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . b . . .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 16 deg
      rules: lost
      walker: person along a-b, 3 m/s, from 5 s
      time: 70 s
      )"),
              TracksButReportsNothing());
}

constexpr std::string_view kWayOver = R"(
      . . . . . . . . . . . . a . . . . .
      . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - x - - - - -
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . b . . . . .

      home: south
      T: looking east, fov 24 deg
      )";

TEST(ReturnTrip, IsOneIncidentOfBothWays) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . a . . . . . .
      T - - - - - - - - - - x - - - - - -
      . . . . . . . . . . . b . . . . . .

      home: south
      T: looking east, fov 16 deg
      rules: return_trip
      walker: person along a-b-a, 2.5 m/s, from 5 s
      )"),
              Reports("inbound return_trip at x, seen by T, after crossing"));
}

TEST(ReturnTrip, IsNoneOfOneWhoStays) {
  EXPECT_THAT(run(world(kWayOver, R"(rules: return_trip
      runner: person along a-b, 4 m/s, from 5 s
      )")),
              Reports("inbound crossing at x, of 1 track"));
}

constexpr std::string_view kBerm = R"(
      . . . . . . . . . . . . a . . . . .
      . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - x - - - - -
      . . . . . . . . p . . . . . . . q .
      . . . . . . . . . . . . b . . . . .
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 24 deg
      rules: breach
      )";

TEST(Breach, IsToldOfAVehicleOverABarrierThatStands) {
  EXPECT_THAT(run(world(kBerm, R"(berm: barrier p-q
      truck: vehicle along a-b, 8 m/s, from 5 s
      )")),
              Reports("inbound breach at x, seen by T"));
}

TEST(Breach, IsACrossingWhereItIsKnownOrWhereSomebodyClimbs) {
  EXPECT_THAT(run(world(kBerm, R"(berm: barrier p-q, breached
      truck: vehicle along a-b, 8 m/s, from 5 s
      )")),
              Reports("inbound crossing at x, seen by T"));
  EXPECT_THAT(run(world(kBerm, R"(berm: barrier p-q
      climber: person along a-b, 4 m/s, from 5 s
      )")),
              Reports("inbound crossing at x, seen by T"));
}

// Where two come to the line from its sides, and stop fourteen metres apart.
constexpr std::string_view kMeeting = R"(
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . a . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - x - - - - -
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . q . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . b . . . . .

      cell: 14 m
      home: south
      T: looking east, fov 24 deg
      rules: hand_over
      )";

TEST(HandOver, IsToldOfTwoFromBothSidesWhoMeetAndPart) {
  EXPECT_THAT(run(world(kMeeting, R"(giver: person along a-x-a, 1.5 m/s, halting 20 s, from 5 s
      taker: person along b-q-b, 1.5 m/s, halting 20 s, from 5 s
      )")),
              Reports("hand_over at x, seen by T"));
}

TEST(HandOver, IsNoneOfTwoFromOneSide) {
  EXPECT_THAT(run(world(kMeeting, R"(one: person along b-x-b, 1.5 m/s, halting 20 s, from 5 s
      other: person along b-q-b, 1.5 m/s, halting 20 s, from 15 s
      )")),
              TracksButReportsNothing());
}

constexpr std::string_view kQuiet = R"(
      . . . . . . . . . .
      T - - - - - - - - -
      . . . . . . . . . .

      home: south
      time: 60 s
      rules: tampering
      )";

TEST(Tampering, IsToldOfACameraThatSomebodyCoversOrTurns) {
  EXPECT_THAT(run(world(kQuiet, "T: looking east, covered from 30 s\n")),
              Reports("tampering at T, seen by T"));
  EXPECT_THAT(run(world(kQuiet, "T: looking east, turned 4 deg from 30 s\n")),
              Reports("tampering at T, seen by T"));
}

TEST(Tampering, IsNoneOfACameraThatIsLeftAlone) {
  EXPECT_THAT(run(world(kQuiet, "T: looking east\n")), ShowsNothing());
}

TEST(KnownTraffic, IsHeldBackAndNobodyElseIs) {
  EXPECT_THAT(run(world(kWayOver, R"(gate: known traffic
      runner: person along a-b, 4 m/s, from 5 s
      )")),
              TracksButReportsNothing());
  EXPECT_THAT(run(world(kWayOver, R"(shepherd: known animals
      runner: person along a-b, 4 m/s, from 5 s
      )")),
              Reports("inbound crossing at x"));
}

}  // namespace
}  // namespace marsad::scenario
