// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::confirmed_of;
using test::Dice;
using test::distance_m;
using test::noisy_plot;
using test::plane;
using test::plot;
using test::scan;

// A band of dead ground from n = 0 to `width_m`; elsewhere a look detects with 0.9.
Visibility band(double width_m) {
  return [width_m](const sensor::SensorId&, geo::Geodetic place, sensor::MoverClass) {
    const double n = plane().to_enu(place).north;
    return n > 0 && n < width_m ? 0.0 : 0.9;
  };
}

struct Walk {
  bool shown_before = false;
  bool same_after = false;  // under the number from before
  bool hidden_within = false;
};

// A lone walker through a band for about a minute, with the false plots the settings speak of,
// seen every 2 s with errors of some metres across and more along.
Walk walk_through(std::uint64_t seed) {
  Dice dice(seed);
  const double speed = dice.uniform(0.8, 1.6);
  double heading = dice.uniform(-0.7, 0.7);
  const double width = 60 * speed * std::cos(heading);
  const double across = dice.uniform(2, 6), along = dice.uniform(5, 25);
  Tracker tracker({}, plane(), band(width));
  double e = 0, n = -90 * speed;
  TrackId before, after;
  Walk walk;
  for (double t = 0; t < 400 && n < width + 30; t += 2) {
    heading += 0.005 * std::sqrt(2.0) * dice.normal();
    e += 2 * speed * std::sin(heading);
    n += 2 * speed * std::cos(heading);
    std::vector<locate::Plot> plots;
    const bool in_sight = n < 0 || n > width;
    if (in_sight && dice.uniform() < 0.9) plots.push_back(noisy_plot(e, n, across, along, dice));
    for (int left = dice.poisson(0.2); left > 0; --left) {  // over 4 km²
      plots.push_back(plot(dice.uniform(-1000, 1000), dice.uniform(-2000, 0), {36, 0, 625}));
    }
    tracker.process(scan("T1", t, plots));
    for (const Track& track : tracker.tracks()) {
      walk.hidden_within |= track.id == before && track.status == TrackStatus::hidden;
      if (track.status != TrackStatus::confirmed || distance_m(track, e, n) > 45) continue;
      if (n < 0) before = track.id;
      if (n > width + 15) after = track.id;
    }
  }
  walk.shown_before = before != TrackId{};
  walk.same_after = walk.shown_before && before == after;
  return walk;
}

TEST(DeadGround, AWalkerHiddenForAMinuteKeepsItsNumber) {
  constexpr int kRuns = 200;
  int kept = 0, hidden = 0;
  for (int run = 0; run < kRuns; ++run) {
    const Walk walk = walk_through(std::uint64_t(run) + 1);
    ASSERT_TRUE(walk.shown_before) << "run " << run;
    kept += walk.same_after ? 1 : 0;
    hidden += walk.hidden_within ? 1 : 0;
  }
  EXPECT_GE(kept, 0.97 * kRuns);
  EXPECT_GE(hidden, 0.97 * kRuns);  // and was told to be hidden meanwhile, not to be there
}

// Three in file, 15 m apart, who go slower within a band than before it, and veer: how many of them
// have their own number on the other side, where they come out one after the other.
int kept_of_three(std::uint64_t seed) {
  Dice dice(seed);
  const double speed = dice.uniform(1.0, 1.5);
  const double slower = dice.uniform(0.7, 1.0), aside_mps = dice.uniform(-0.3, 0.3);
  const double width = 60 * speed * slower;
  Tracker tracker({}, plane(), band(width));
  std::array<TrackId, 3> before, after;
  std::array<double, 3> e{}, n = {-120 * speed, -120 * speed - 15, -120 * speed - 30};
  for (double t = 0; t < 400 && n[2] < width + 30; t += 2) {
    std::vector<locate::Plot> plots;
    for (std::size_t i = 0; i < 3; ++i) {
      const bool within = n[i] > 0 && n[i] < width;
      n[i] += 2 * speed * (within ? slower : 1);
      e[i] += 2 * (within ? aside_mps : 0);
      if ((n[i] < 0 || n[i] > width) && dice.uniform() < 0.9) {
        plots.push_back(noisy_plot(e[i], n[i], 10, 2.5, dice));
      }
    }
    tracker.process(scan("T1", t, plots));
    for (const Track& track : confirmed_of(tracker)) {
      for (std::size_t i = 0; i < 3; ++i) {
        if (distance_m(track, e[i], n[i]) > 12) continue;
        if (n[i] < 0) before[i] = track.id;
        if (n[i] > width + 20) after[i] = track.id;
      }
    }
  }
  int kept = 0;
  for (std::size_t i = 0; i < 3; ++i) kept += before[i] != TrackId{} && before[i] == after[i];
  return kept;
}

TEST(DeadGround, ThoseWhoWentInTogetherAreToldApartByTheirFormation) {
  constexpr int kRuns = 40;
  int kept = 0;
  for (int run = 0; run < kRuns; ++run) kept += kept_of_three(std::uint64_t(run) + 1);
  EXPECT_GE(kept, 0.8 * 3 * kRuns);
}

// A walker east at 1.3 m/s, seen each second for a minute, then no more.
std::vector<int> looks_till_not_shown(const Visibility& visibility) {
  std::vector<int> looks;
  for (int run = 0; run < 20; ++run) {
    Dice dice(std::uint64_t(run) + 1);
    Tracker tracker({}, plane(), visibility);
    for (int t = 0; t < 60; ++t) {
      tracker.process(scan("T1", t, {noisy_plot(1.3 * t, 0, 3, 8, dice)}));
    }
    int look = 0;
    while (!confirmed_of(tracker).empty() && look < 100) {
      tracker.process(scan("T1", 60 + look++, {}));
    }
    looks.push_back(look);
  }
  return looks;
}

TEST(DeadGround, InTheOpenATrackDiesWithinAFewLooks) {
  for (const int looks : looks_till_not_shown(
           [](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) { return 0.95; })) {
    EXPECT_LE(looks, 8);
    EXPECT_GE(looks, 3);  // one miss is none
  }
}

TEST(DeadGround, WhatNeverShowsAgainIsLostAtLast) {
  Tracker tracker({}, plane(), band(1e5));
  for (int t = 0; t < 60; ++t) tracker.process(scan("T1", t, {plot(0, 1.3 * (t - 59), {4, 0, 4})}));
  tracker.process(scan("T1", 200, {}));
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(tracker.tracks()[0].status, TrackStatus::hidden);
  tracker.process(scan("T1", 210, {}));
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(tracker.tracks()[0].status, TrackStatus::lost);
  tracker.process(scan("T1", 211, {}));
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(DeadGround, AVehicleIsNotTheWalkerThatWasHidden) {
  Tracker tracker({}, plane(), band(80));
  const auto of = [](double e_m, double n_m, sensor::ClassProbabilities classes) {
    locate::Plot seen = plot(e_m, n_m, {4, 0, 4});
    seen.classes = classes;
    return seen;
  };
  for (int t = 0; t < 60; ++t) {
    tracker.process(scan("T1", t, {of(0, 1.3 * (t - 59), {0.9, 0.02, 0.02, 0.02, 0.02, 0.02})}));
  }
  for (int t = 60; t < 110; ++t) tracker.process(scan("T1", t, {}));
  // Where the walker may be by now a vehicle crosses, at 14 m/s.
  for (int t = 110; t < 116; ++t) {
    tracker.process(scan("T1", t, {of(14 * (t - 113), 90, {0.02, 0.9, 0.02, 0.02, 0.02, 0.02})}));
  }
  for (const Track& track : confirmed_of(tracker)) EXPECT_NE(track.id, TrackId{1});
}

}  // namespace
}  // namespace marsad::track
