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
              Reports("inbound crossing at x, seen by T"));
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
              Reports("outbound crossing at x, seen by T"));
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
              Reports("inbound crossing at x, seen by T"));
}

TEST(Crossing, AWalkerHiddenByARidgeOnTheLineStillCrosses) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . . a . .
      . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - \ . . . . . .
      . . . . . . . . . . . . . . . \ . . . . .
      . . . . . . . . . . . . . . ^ . x - - - -
      . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . b . .

      cell: 25 m
      home: south
      T: looking east, fov 20 deg
      runner: person along a-b, 2.5 m/s, from 5 s
      )"),
              ReportsNothing());
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
              Reports("inbound crossing at x, seen by T and U"));
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
              Reports("inbound crossing at x, seen by T"));
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
