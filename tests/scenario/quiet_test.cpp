// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/scenario/reports.h"

// Worlds in which nothing must be told.
namespace marsad::scenario {
namespace {

TEST(Quiet, AnEmptyWorldShowsNothingInAMinute) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east
      time: 60 s
      )"),
              ShowsNothing());
}

TEST(Quiet, AWalkerAlongTheLineIsNoIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . a . . b . . . . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east
      walker: person along a-b, 2 m/s, from 5 s
      )"),
              ReportsNothing());
}

TEST(Quiet, AWalkerWhoTurnsBackIsNoIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . a . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . b . . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 16 deg
      walker: person along a-b-a, 3 m/s, from 5 s
      )"),
              ReportsNothing());
}

TEST(Quiet, AHerdOnTheHomeSideIsNoIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . a b . . . . .

      home: south
      T: looking east
      herd: 7 animals along a-b, 0.3 m/s, roaming 20 m
      time: 60 s
      )"),
              ReportsNothing());
}

}  // namespace
}  // namespace marsad::scenario
