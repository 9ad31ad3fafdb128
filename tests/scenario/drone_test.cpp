// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "tests/scenario/reports.h"

// What flies before the sky, seen by two cameras that look at it from two sides.
namespace marsad::scenario {
namespace {

constexpr std::string_view kTwoCameras = R"(
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . a . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . f . . . . . . . g . . . . . . . .
      - - - - - - - - - - - - x - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . b . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . T . . . . . . . . . . . . . . . . . U . . .

      cell: 40 m
      home: south
      rules: drone
      T: looking northeast, fov 24 deg, sky 6 deg
      U: looking northwest, fov 24 deg, sky 6 deg
      )";

Outcome run_with(const std::string& legend) { return run(std::string(kTwoCameras) + legend); }

TEST(DroneCrossing, IsToldWithItsWayWhereTwoCamerasSeeIt) {
  EXPECT_THAT(run_with("drone: aircraft along a-b, 8 m/s, 60 m up, from 5 s\n"),
              Reports("inbound drone_crossing at x, seen by T and U, of 1 track"));
  EXPECT_THAT(run_with("drone: aircraft along b-a, 12 m/s, 50 m up, from 5 s\n"),
              Reports("outbound drone_crossing at x, seen by T and U, of 1 track"));
}

TEST(DroneCrossing, IsNoneOfOneThatFliesAlongTheLine) {
  EXPECT_THAT(run_with("drone: aircraft along f-g, 8 m/s, 60 m up, from 5 s\n"),
              TracksButReportsNothing());
}

TEST(DroneCrossing, IsNotInventedFromOneCamerasBearings) {
  EXPECT_THAT(run(R"(
      . . . . . . . . . . . . a . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      - - - - - - - - - - - - x - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . b . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . T . . . . . . . . . . . . . . . . . . . . .

      cell: 40 m
      home: south
      rules: drone
      T: looking northeast, fov 24 deg, sky 6 deg
      drone: aircraft along a-b, 8 m/s, 60 m up, from 5 s
      )"),
              ShowsNothing());
}

constexpr std::string_view kDrop = R"(
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . a . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . c . . . . . . . . . . . .
      - - - - - - - - - - - - x - - - - - - - - - - - -
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . p . b . q . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . . . . . . . . . . . . . . . . . . . . . . .
      . . . T . . . . . . . . . . . . . . . . . U . . .

      cell: 40 m
      home: south
      rules: drone
      T: looking northeast, fov 24 deg, sky 5 deg
      U: looking northwest, fov 24 deg, sky 5 deg
      )";

Outcome drop_with(const std::string& legend) { return run(std::string(kDrop) + legend); }

TEST(DroneDrop, IsToldOfAWalkerWhoStaysWhereADroneHovered) {
  EXPECT_THAT(drop_with(R"(drone: aircraft along c-b-p, 4 m/s, 50 m up, halting 12 s, from 5 s
      walker: person along q-b-q, 1.8 m/s, halting 15 s, from 30 s
      )"),
              Reports("inbound drone_drop at x, seen by T and U, of 2 tracks or more, after "
                      "drone_crossing"));
}

TEST(DroneDrop, IsNoneOfAWalkerWhoPasses) {
  EXPECT_THAT(drop_with(R"(drone: aircraft along c-b-p, 4 m/s, 50 m up, halting 12 s, from 5 s
      walker: person along q-p, 1.8 m/s, from 30 s
      )"),
              Reports("inbound drone_crossing at x, seen by T and U"));
}

TEST(DroneDrop, IsNoneWhereTheDroneNeverCameOver) {
  EXPECT_THAT(drop_with(R"(drone: aircraft along a-c-a, 4 m/s, 50 m up, halting 12 s, from 5 s
      walker: person along q-b-q, 1.8 m/s, halting 15 s, from 30 s
      )"),
              TracksButReportsNothing());
}

}  // namespace
}  // namespace marsad::scenario
