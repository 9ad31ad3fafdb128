// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/scenario/reports.h"

// Movers that cross. docs/worlds.md tells how to draw a world.
namespace marsad::scenario {
namespace {

using testing::IsEmpty;
using testing::Not;

TEST(Crossing, AWalkerInboundIsOneInboundCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . a . . .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . b . . .

      home: south
      T: looking east
      walker: person along a-b, 1.4 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, AWalkerOutboundIsOneOutboundCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . a . . .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . b . . .

      home: south
      T: looking east
      walker: person along b-a, 1.4 m/s, from 5 s
      )"),
              Reports("outbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, AGroupIsOneIncidentOfSeveralTracks) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . a . . . . .
      T - - - - - - - - - - - x - - - - -
      . . . . . . . . . . . . b . . . . .

      home: south
      T: looking east
      walkers: 4 persons along a-b, 12 m apart, 1.4 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 3 tracks or more"));
}

TEST(Crossing, AFastVehicleIsOneCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . . . . . a . .
      . . . . . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - - - x - - - -
      . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . b . . . . . .

      home: south
      T: looking east, fov 20 deg
      truck: vehicle along a-b, 12 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, AWalkerHiddenByARidgeOnTheLineStillCrosses) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - ^ - - - x - - -
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . b . . .

      cell: 25 m
      ridge: 20 m
      home: south
      T: looking east, fov 30 deg
      runner: person along a-b, 2 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T"));
}

TEST(Crossing, TwoCamerasThatSeeAWalkerTellOneIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . a . . . . . . . . . . . .
      T - - - - - - - - - - - - x - - - - - - - - - - - U
      . . . . . . . . . . . . . b . . . . . . . . . . . .

      home: south
      T: looking east
      U: looking west
      walker: person along a-b, 1.4 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T and U, of 1 track"));
}

TEST(Crossing, AWalkerAtAKneeOfTheLineIsOneCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . a . . . / - -
      . . . . . . . . . . . . . . / . . .
      T - - - - - - - - - - - - x . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . b . . .

      home: south
      T: looking east, fov 20 deg
      walker: person along a-b, 2 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, CrossingsFarApartAreTwoIncidents) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . a . . . . . c . . . . .
      T - - - - - - - - - x - - - - - y - - - - -
      . . . . . . . . . . b . . . . . d . . . . .

      home: south
      T: looking east
      one: person along a-b, 1.5 m/s, from 5 s
      other: person along c-d, 1.5 m/s, from 10 s
      )"),
              Reports("inbound crossing at x, of 1 track", "inbound crossing at y, of 1 track"));
}

TEST(Crossing, WalkersWhoMeetOnTheLineAreOneInboundAndOneOutbound) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . a . c . . .
      T - - - - - - - - - - - - x - y - - -
      . . . . . . . . . . . . . b . d . . .

      home: south
      T: looking east
      one: person along a-b, 1.5 m/s, from 5 s
      other: person along d-c, 1.5 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, of 1 track", "outbound crossing at y, of 1 track"));
}

TEST(Crossing, AWalkerOverAKilometreAwayIsOneCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . . . . . . . . a . .
      T - - - - - - - - - - - - - - - - - - - - - - - x - -
      . . . . . . . . . . . . . . . . . . . . . . . . b . .

      home: south
      T: looking east
      walker: person along a-b, 1.4 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, AWalkerDownAShallowWadiIsOneCrossing) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . a . . . .
      . . . . . . . . . . . . . . v . . . .
      . . . . . . . . . . . . . . v . . . .
      T - - - - - - - - - - - x - v - - - -
      . . . . . . . . . . . . . . v . . . .
      . . . . . . . . . . . . . . v . . . .
      . . . . . . . . . . . . . . b . . . .

      cell: 25 m
      home: south
      wadi: 3 m
      T: looking east, fov 30 deg
      walker: person along a-b, 2 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T"));
}

TEST(Crossing, ACrossingSeenObliquelyIsTold) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . .
      . . . . . . a . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      - - - - - - - - - x - - - - - - - -
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . b . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . T . . . . . . . .

      home: south
      T: looking north, mast 60 m, fov 24 deg
      truck: vehicle along a-b, 8 m/s, from 5 s
      )"),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Crossing, AWorldRunTwiceIsTheSameToTheBit) {
  constexpr std::string_view kWorld = R"(
      . . . . . . . . . . . . . . a . . .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . b . . .

      home: south
      T: looking east
      walkers: 2 persons along a-b, 12 m apart, 1.6 m/s, from 5 s
      )";
  const Outcome first = run(kWorld), second = run(kWorld);
  EXPECT_THAT(first.history, Not(IsEmpty()));
  EXPECT_TRUE(first.history == second.history);
  EXPECT_TRUE(first.incidents == second.incidents);
}

}  // namespace
}  // namespace marsad::scenario
