// SPDX-License-Identifier: Apache-2.0
#include "tests/track/strip.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/track/dice.h"
#include "tests/track/plane.h"
#include "tests/track/recorded.h"
#include "tests/track/trial.h"

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
  const auto score = test::track_and_score(made);
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
             {.seed = 8,
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

double seconds(base::Time time) { return base::to_seconds(time.time_since_epoch()); }

TEST(MadeUpStrips, HideWalkersInHollowsForTheTimeAsked) {
  const test::MadeUp made = test::make_up({.duration_s = 300, .lone_walkers = 4, .hollows = 6});
  EXPECT_GE(made.hollows.size(), 4U);
  int long_hidden = 0;
  for (const test::MadeMover& mover : made.movers) {
    for (const auto& [from, until] : mover.hidden) {
      if (until - from > 50) ++long_hidden;
      EXPECT_LT(until - from, 75);
    }
  }
  EXPECT_GE(long_hidden, 4);
}

TEST(MadeUpStrips, TellLooksInOrderOfArrival) {
  const test::MadeUp late = test::make_up(
      {.duration_s = 60, .own_time = true, .empty_looks = true, .outages = 1, .delayed = 0.5});
  ASSERT_EQ(late.arrival_s.size(), late.scans.size());
  bool out_of_order = false;
  for (std::size_t i = 0; i < late.scans.size(); ++i) {
    const double delay_s = late.arrival_s[i] - seconds(late.scans[i].time);
    EXPECT_GE(delay_s, -1e-6);
    EXPECT_LE(delay_s, 30 + 1e-6);
    if (i == 0) continue;
    EXPECT_GE(late.arrival_s[i], late.arrival_s[i - 1]);
    out_of_order = out_of_order || late.scans[i].time < late.scans[i - 1].time;
  }
  EXPECT_TRUE(out_of_order);
  const test::MadeUp ordered = test::in_time(late);
  ASSERT_EQ(ordered.scans.size(), late.scans.size());
  for (std::size_t i = 1; i < ordered.scans.size(); ++i) {
    EXPECT_GE(ordered.scans[i].time, ordered.scans[i - 1].time);
  }
}

TEST(MadeUpStrips, SideBySideHoldSoManyTimesTheMovers) {
  const test::Strip strip = {.duration_s = 20};
  const test::MadeUp one = test::make_up(strip);
  const test::MadeUp five = test::make_up_stacked(strip, 5);
  EXPECT_EQ(five.movers.size(), 5 * one.movers.size());
  EXPECT_EQ(five.sensors.size(), 5 * one.sensors.size());
  EXPECT_NEAR(double(five.plots), 5 * double(one.plots), 2 * double(one.plots));
}

TEST(MadeUpStrips, TellASensorsErrorsAsTheyAre) {
  test::MadeSensor sensor;
  sensor.azimuth_bias_rad = 0.01;
  test::Dice dice(1);
  const geo::Enu north = {0, 3000, 0};
  double right_m = 0, right2 = 0, away2 = 0;
  constexpr int kReports = 4000;
  for (int i = 0; i < kReports; ++i) {
    const geo::Enu seen = test::plane().to_enu(*test::report(sensor, north, dice).place);
    right_m += seen.east / kReports;
    right2 += seen.east * seen.east / kReports;
    away2 += (seen.north - 3000) * (seen.north - 3000) / kReports;
  }
  EXPECT_NEAR(right_m, 30, 0.5);  // clockwise
  EXPECT_NEAR(std::sqrt(right2 - right_m * right_m), 2 + 0.0012 * 3000, 0.3);
  EXPECT_NEAR(std::sqrt(away2), 5 + 0.012 * 3000, 2);
}

// All tracks at every look of a made strip, and how often the visibility model was asked.
struct Watching {
  std::vector<std::vector<track::Track>> tracks;
  std::size_t asked = 0;
};
Watching watch_strip(const test::Strip& strip, const test::MadeUp& made,
                     const track::Watched& watched) {
  Watching watching;
  const track::Visibility model = test::visibility_in(strip, made);
  const auto counted = [&](const sensor::SensorId& sensor, geo::Geodetic place,
                           sensor::MoverClass mover) {
    ++watching.asked;
    return model(sensor, place, mover);
  };
  track::Tracker tracker({}, test::plane(), counted, watched);
  for (const track::Scan& scan : made.scans) {
    tracker.process(scan);
    watching.tracks.push_back(tracker.tracks());
  }
  return watching;
}

TEST(WatchedCircles, ChangeNoTrackAndSpareQuestions) {
  const test::Strip strip = {.seed = 21,
                             .length_m = 60000,
                             .duration_s = 120,
                             .vehicles = 8,
                             .lone_walkers = 12,
                             .hollows = 6,
                             .false_plots_a_scan = 20,
                             .own_time = true,
                             .empty_looks = true,
                             .delayed = 0.05};
  const test::MadeUp made = test::make_up(strip);
  const Watching all = watch_strip(strip, made, {});
  const Watching near = watch_strip(strip, made, test::watched_in(made));
  EXPECT_TRUE(all.tracks == near.tracks);
  EXPECT_LT(2 * near.asked, all.asked);
}

}  // namespace
}  // namespace marsad
