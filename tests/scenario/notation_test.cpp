// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/scenario/reports.h"

namespace marsad::scenario {
namespace {

using testing::HasSubstr;

// What is said against a picture; empty where nothing is.
std::string complaint(std::string_view text) {
  const auto world = build(text);
  return world ? "" : base::to_string(world.error());
}

std::string complaint_about_sentence(std::string_view sentence) {
  const auto expected = read_expected(sentence);
  return expected ? "" : base::to_string(expected.error());
}

constexpr std::string_view kSmall = R"(
    . a ^
    T - -
    . b v
    home: south
    T: looking east, fov 20 deg, mast 25 m
    walkers: 2 persons along a-b, 1.5 m/s, 10 m apart, from 3 s
    cell: 100 m
    ridge: 8 m
    )";

TEST(Notation, PutsGroundLineCamerasAndPartiesWhereTheyAreDrawn) {
  const auto world = build(kSmall);
  ASSERT_TRUE(world) << base::to_string(world.error());
  const auto height_m = [&](Cell cell) {
    const geo::Geodetic place = world->place(cell);
    return world->site.elevation->height_m(place.lat_rad, place.lon_rad).value();
  };
  EXPECT_NEAR(height_m({2, 0}) - height_m({0, 0}), 8, 0.01);
  EXPECT_NEAR(height_m({2, 2}) - height_m({0, 0}), -4, 0.01);

  const geo::BorderLine& line = world->site.border->line;
  EXPECT_NEAR(line.length_m(), 100, 0.1);
  EXPECT_NEAR(line.chainage(world->place({1, 0})).d_m, -100, 0.1);
  EXPECT_NEAR(line.chainage(world->place({1, 2})).d_m, 100, 0.1);

  const sensor::Pose& pose = world->site.cameras.at(0).camera.pose;
  EXPECT_NEAR(geo::degrees(pose.azimuth_rad), 90, 1e-9);
  EXPECT_NEAR(pose.position.height_m - height_m({0, 1}), 25, 0.01);

  EXPECT_TRUE(world->site.world->truth(2.9).empty());
  const auto truth = world->site.world->truth(20);
  ASSERT_EQ(truth.size(), 2U);
  EXPECT_LT(truth[0].vn_mps, -1);
  EXPECT_LT(line.chainage(truth[0].place).d_m, -50);
}

TEST(Notation, LetsTheLineBendAndRunThroughLetters) {
  const auto world = build(R"(
      . . . / -
      - x - . .
      T . . . .
      home: south
      T: looking east
      time: 1 s
      )");
  ASSERT_TRUE(world) << base::to_string(world.error());
  EXPECT_NEAR(world->site.border->line.length_m(), 50 * (3 + std::sqrt(2)), 0.1);
}

TEST(Notation, TellsWhereAPictureIsWrong) {
  EXPECT_THAT(complaint(""), HasSubstr("empty picture"));
  EXPECT_THAT(complaint("home: south"), HasSubstr("without a picture"));
  EXPECT_THAT(complaint(". # .\n"), HasSubstr("line 1, column 3: '#'; expected ground"));
  EXPECT_THAT(complaint(". .. \n"), HasSubstr("line 1, column 4: '.' between two cells"));
  EXPECT_THAT(complaint(". . .\n- -\n"), HasSubstr("a row of 2 cells; expected 3"));
  EXPECT_THAT(complaint(". . .\n  - - -\n"), HasSubstr("begin below the first"));
  EXPECT_THAT(complaint("a . a\n- - -\n"), HasSubstr("line 1, column 5: a second 'a'"));
}

TEST(Notation, TellsWhenTheLineIsNotOneLine) {
  EXPECT_THAT(complaint(". . .\n"), HasSubstr("0 ends"));
  EXPECT_THAT(complaint("- - . - -\n"), HasSubstr("4 ends"));
  EXPECT_THAT(complaint("- - - - -\n. . | . .\n. . | . .\n"), HasSubstr("3 ends"));
}

TEST(Notation, TellsWhatIsMissing) {
  EXPECT_THAT(complaint("T - -\nT: looking east\ntime: 9 s"), HasSubstr("no home side"));
  EXPECT_THAT(complaint("T - -\nhome: south\ntime: 9 s"), HasSubstr("nothing is told of camera T"));
  EXPECT_THAT(complaint(". - -\nhome: south\ntime: 9 s"), HasSubstr("no camera"));
  EXPECT_THAT(complaint("T - -\nhome: south\nT: looking east"), HasSubstr("nobody walks"));
  EXPECT_THAT(complaint("T - -\nhome: east\nT: looking east\ntime: 9 s"),
              HasSubstr("runs towards the home side"));
}

TEST(Notation, TellsWhatALegendMaySay) {
  const auto with = [](std::string_view line) {
    return complaint("a . b\nT - -\nhome: south\ntime: 9 s\nT: looking east\n" + std::string(line));
  };
  EXPECT_EQ(with(""), "");
  EXPECT_THAT(with("walker: person on a-b"),
              HasSubstr("line 6: \"person on a-b\"; expected one of \"* along *\""));
  EXPECT_THAT(with("walker: ghost along a-b"), HasSubstr("'ghost'; expected one of person"));
  EXPECT_THAT(with("walker: person along a-z"), HasSubstr("'z' is not in the picture"));
  EXPECT_THAT(with("walker: person along ab"), HasSubstr("expected such as a-b-c"));
  EXPECT_THAT(with("walker: 2 m/s"), HasSubstr("walker goes nowhere"));
  EXPECT_THAT(with("walker: person along a-b, 0 m/s"), HasSubstr("expected more than 0"));
  EXPECT_THAT(with("U: looking west"), HasSubstr("camera U is not in the picture"));
  EXPECT_THAT(with("T: looking up"), HasSubstr("looking up; expected north"));
}

TEST(Notation, TellsWhatAnExpectationMaySay) {
  EXPECT_EQ(complaint_about_sentence("inbound crossing at x, seen by T and U"), "");
  EXPECT_THAT(complaint_about_sentence("sideways crossing at x"), HasSubstr("inbound, outbound"));
  EXPECT_THAT(complaint_about_sentence("inbound crossing at the gate"), HasSubstr("expected one"));
  EXPECT_THAT(complaint_about_sentence("seen by T"), HasSubstr("no crossing told"));
}

TEST(Notation, ShowsThePictureWithWhatHappenedInIt) {
  const auto world = build(kSmall);
  ASSERT_TRUE(world) << base::to_string(world.error());
  Outcome outcome;
  outcome.world = std::make_shared<const World>(*world);
  track::Track track;
  track.id = {7};
  track.place = world->place({0, 0});
  outcome.tracks = outcome.history = {track};
  const std::string shown = testing::PrintToString(outcome);
  EXPECT_THAT(shown, HasSubstr("  1   a   ^\n"));
  EXPECT_THAT(shown, HasSubstr("track 1: unknown from 0.0 s at km"));
  EXPECT_THAT(shown, HasSubstr("no incident"));
}

}  // namespace
}  // namespace marsad::scenario
