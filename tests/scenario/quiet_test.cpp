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
      . . . . . . . . . . . . a . . b . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east
      walker: person along a-b, 2 m/s, from 5 s
      )"),
              TracksButReportsNothing());
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
              TracksButReportsNothing());
}

TEST(Quiet, AVehicleThatTurnsBackOrIsHiddenBeforeTheLineIsNoIncident) {
  for (const char* path : {"a-b-a", "a-b"}) {
    SCOPED_TRACE(path);
    EXPECT_THAT(run(std::string(R"(
      . . . . . . . . . . . . . . . a . .
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . b . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . .

      home: south
      T: looking east, fov 24 deg
      time: 50 s
      truck: 12 m/s, from 5 s, vehicle along )") +
                    path),
                TracksButReportsNothing());
  }
}

TEST(Quiet, AHerdOnTheHomeSideIsNoIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - -
      . . . . . . . . . . . . . a b . . .

      home: south
      T: looking east
      herd: 7 animals along a-b, 0.3 m/s, roaming 20 m, from 5 s
      time: 60 s
      )"),
              TracksButReportsNothing());
}

TEST(Quiet, AVehicleThatPatrolsTheHomeSideIsNoIncident) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . . . . . . . . . . . . .
      T - - - - - - - - - - - - - - - - - - - - - - -
      . . . . . . . . . . a . . . . . . . . . . b . .

      home: south
      T: looking east
      patrol: vehicle along a-b-a, 15 m/s, from 5 s
      )"),
              TracksButReportsNothing());
}

}  // namespace
}  // namespace marsad::scenario
