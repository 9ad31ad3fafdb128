// SPDX-License-Identifier: Apache-2.0
#include "tests/track/strip.h"

#include <gtest/gtest.h>

#include <string>

namespace marsad {
namespace {

struct Limits {
  std::string name;
  double most_gospa;     // of Stone Soup's
  double most_switches;  // of Stone Soup's
};

class RecordedStrip : public testing::TestWithParam<Limits> {};

TEST_P(RecordedStrip, IsTrackedBetterThanByStoneSoup) {
  const auto recorded = test::read_recorded(GetParam().name);
  if (!recorded) GTEST_SKIP() << "no tracking scenarios";
  const auto ours = test::track_and_score(recorded->scans, recorded->truth);
  const auto theirs = score::score_tracks(recorded->truth, recorded->stone_soup);
  EXPECT_LT(ours.gospa_m, GetParam().most_gospa * theirs.gospa_m);
  EXPECT_LT(double(ours.id_switches), GetParam().most_switches * double(theirs.id_switches));
}

INSTANTIATE_TEST_SUITE_P(Crossings, RecordedStrip,
                         testing::Values(Limits{"crossing-1", 0.65, 0.5},
                                         Limits{"crossing-2", 0.65, 0.5}),
                         [](const auto& made) { return "crossing_" + made.param.name.substr(9); });

struct Made {
  std::string name;
  test::Strip strip;
  double most_gospa_m;
};

class MadeUpStrip : public testing::TestWithParam<Made> {};

TEST_P(MadeUpStrip, IsTrackedWell) {
  const test::MadeUp made = test::make_up(GetParam().strip);
  const auto score = test::track_and_score(made.scans, made.truth);
  RecordProperty("gospa_m", std::to_string(score.gospa_m));
  EXPECT_LT(score.gospa_m, GetParam().most_gospa_m)
      << "missed " << score.missed << " false " << score.false_tracks << " rms "
      << score.location_rms_m << " switches " << score.id_switches;
}

// Limits some way above what was measured: the noise is the same each time, the settings may move.
INSTANTIATE_TEST_SUITE_P(
    Kinds, MadeUpStrip,
    testing::Values(
        Made{"usual", {}, 45},                                                   //
        Made{"tight_groups", {.seed = 2, .group_size = 6, .spacing_m = 8}, 60},  //
        Made{"often_missed", {.seed = 3, .detection_probability = 0.65}, 60},
        Made{"much_clutter", {.seed = 4, .false_plots_a_scan = 25}, 55},
        Made{"many_vehicles", {.seed = 5, .groups = 2, .vehicles = 16, .driving_mps = 18}, 60},
        Made{"fast_scans",
             {.seed = 6,
              .duration_s = 120,
              .scan_every_s = 0.4,
              .sensors_a_mover = 1,
              .false_plots_a_scan = 1},
             50},
        Made{"biased_towers", {.seed = 7, .bias_per_m = 0.003}, 75}),
    [](const auto& made) { return made.param.name; });

TEST(MadeUpStrips, AreTheSameForTheSameSeed) {
  const test::MadeUp once = test::make_up({.duration_s = 60});
  const test::MadeUp again = test::make_up({.duration_s = 60});
  ASSERT_EQ(once.plots, again.plots);
  ASSERT_EQ(once.scans.size(), again.scans.size());
  EXPECT_EQ(once.scans.back().plots.back().place, again.scans.back().plots.back().place);
}

}  // namespace
}  // namespace marsad
