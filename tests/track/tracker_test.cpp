// SPDX-License-Identifier: Apache-2.0
#include "track/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include "tests/track/world.h"

namespace marsad::track {
namespace {

using test::at;
using test::confirmed_of;
using test::Dice;
using test::distance_m;
using test::noisy_plot;
using test::plane;
using test::plot;
using test::scan;

constexpr geo::CovEn kGood = {4, 0, 4};

Tracker make_tracker(Visibility visibility = {}) {
  return Tracker({}, plane(), std::move(visibility));
}

// One walker going east at 1.3 m/s from (0, 0) at t = 0, seen every second until `end_s`.
Tracker walked(double end_s, Visibility visibility = {}) {
  Tracker tracker = make_tracker(std::move(visibility));
  for (double t = 0; t <= end_s; t += 1) tracker.process(scan("T1", t, {plot(1.3 * t, 0, kGood)}));
  return tracker;
}

bool finite(const Track& track) {
  bool all = std::isfinite(track.place.lat_rad) && std::isfinite(track.place.lon_rad) &&
             std::isfinite(track.ve_mps) && std::isfinite(track.vn_mps) && track.existence >= 0 &&
             track.existence <= 1;
  for (double c : track.cov) all = all && std::isfinite(c);
  return all && track.cov[0] > 0 && track.cov[4] > 0 && track.cov[7] > 0 && track.cov[9] > 0;
}

TEST(Tracker, KnowsNothingBeforeAnythingIsSeen) {
  Tracker tracker = make_tracker();
  EXPECT_TRUE(tracker.tracks().empty());
  tracker.process(scan("T1", 0, {}));
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(Tracker, ShowsTheFirstPlotAsTentative) {
  Tracker tracker = make_tracker();
  tracker.process(scan("T1", 5, {plot(100, 200, kGood)}));
  const auto tracks = tracker.tracks();
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].id, TrackId{1});
  EXPECT_EQ(tracks[0].status, TrackStatus::tentative);
  EXPECT_EQ(tracks[0].time, at(5));
  EXPECT_EQ(tracks[0].plots, 1U);
  EXPECT_LT(distance_m(tracks[0], 100, 200), 0.01);
}

TEST(Tracker, ConfirmsAWalkerWithinFourPlotsAtAnyRate) {
  for (double every_s : {0.04, 0.1, 0.5, 2.0}) {
    Tracker tracker = make_tracker();
    Dice dice(3);
    for (int i = 0; i < 4; ++i) {
      tracker.process(scan("T1", i * every_s, {noisy_plot(1.3 * i * every_s, 0, 30, 1.5, dice)}));
    }
    EXPECT_EQ(confirmed_of(tracker).size(), 1U) << every_s << " s";
  }
}

TEST(Tracker, FollowsAVehicleAroundABend) {
  Tracker tracker = make_tracker();
  Dice dice(4);
  double e = 0, n = 0, heading = 0;
  for (int i = 0; i < 120; ++i) {
    tracker.process(scan("T1", i * 0.5, {noisy_plot(e, n, 10, 3, dice)}));
    if (i > 40 && i < 80) heading += 0.06;
    e += 7.5 * std::cos(heading);
    n += 7.5 * std::sin(heading);
  }
  const auto tracks = confirmed_of(tracker);
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].id, TrackId{1});
  EXPECT_NEAR(std::hypot(tracks[0].ve_mps, tracks[0].vn_mps), 15, 2);
}

// The squared error of a track counted in its own covariance, over [e, n, ve, vn].
double nees(const Track& track, double e_m, double n_m, double ve_mps, double vn_mps) {
  const geo::Enu place = plane().to_enu(track.place);
  double error[4] = {place.east - e_m, place.north - n_m, track.ve_mps - ve_mps,
                     track.vn_mps - vn_mps};
  const auto& c = track.cov;
  double a[4][4] = {{c[0], c[1], c[2], c[3]},
                    {c[1], c[4], c[5], c[6]},
                    {c[2], c[5], c[7], c[8]},
                    {c[3], c[6], c[8], c[9]}};
  double x[4] = {error[0], error[1], error[2], error[3]};
  for (int i = 0; i < 4; ++i) {  // Gaussian elimination; a covariance needs no pivots
    for (int row = i + 1; row < 4; ++row) {
      const double factor = a[row][i] / a[i][i];
      for (int column = i; column < 4; ++column) a[row][column] -= factor * a[i][column];
      x[row] -= factor * x[i];
    }
  }
  for (int i = 3; i >= 0; --i) {
    for (int column = i + 1; column < 4; ++column) x[i] -= a[i][column] * x[column];
    x[i] /= a[i][i];
  }
  double sum = 0;
  for (int i = 0; i < 4; ++i) sum += error[i] * x[i];
  return sum;
}

TEST(Tracker, IsAsWrongAsItSays) {
  // Walkers disturbed by the white acceleration the settings speak of; over 200 of them the mean
  // of a chi square of 4 degrees of freedom lies within 4 ± 0.66 with 99.9 %. The faster modes,
  // which no walker uses, make the track a little less sure than it could be.
  constexpr int kRuns = 200;
  double sum = 0;
  for (int run = 0; run < kRuns; ++run) {
    Dice dice(static_cast<std::uint64_t>(run) + 1);
    Tracker tracker = make_tracker();
    double e = 0, n = 0, ve = 1.2 * dice.normal(), vn = 1.2 * dice.normal();
    const double kick = std::sqrt(0.003);
    for (int t = 0; t <= 60; ++t) {
      tracker.process(scan("T1", t, {noisy_plot(e, n, 8, 2, dice)}));
      if (t == 60) break;
      // Velocity and place after a second of white acceleration have covariance q·[1/3 1/2; 1/2 1].
      for (auto [place, velocity] : {std::pair{&e, &ve}, {&n, &vn}}) {
        const double v = dice.normal();
        *place += *velocity + kick * (v / 2 + dice.normal() / std::sqrt(12.0));
        *velocity += kick * v;
      }
    }
    const auto tracks = confirmed_of(tracker);
    ASSERT_EQ(tracks.size(), 1U) << "run " << run;
    sum += nees(tracks[0], e, n, ve, vn);
  }
  EXPECT_LT(sum / kRuns, 4.66);
  EXPECT_GT(sum / kRuns, 2.0);
}

TEST(Tracker, KeepsTheNumberOfAWalkerHiddenForFifteenSeconds) {
  Tracker tracker = walked(30);
  for (double t = 46; t <= 60; t += 1) {
    tracker.process(scan("T1", t, {plot(1.3 * t, 0, kGood)}));
  }
  const auto tracks = confirmed_of(tracker);
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].id, TrackId{1});
}

TEST(Tracker, TellsALostTrackOnce) {
  Tracker tracker = walked(30);
  tracker.process(scan("T2", 200, {}));
  const auto tracks = tracker.tracks();
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].status, TrackStatus::lost);
  EXPECT_EQ(tracks[0].last_seen, at(30));
  tracker.process(scan("T2", 201, {}));
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(Tracker, SurvivesYearsOfSilence) {
  Tracker tracker = walked(30);
  tracker.process(scan("T1", 3e8, {plot(0, 0, kGood)}));
  for (const Track& track : tracker.tracks()) EXPECT_TRUE(finite(track));
  tracker.process(scan("T1", 3e8 + 1, {plot(1, 0, kGood)}));
  ASSERT_EQ(tracker.tracks().size(), 1U);
  EXPECT_TRUE(finite(tracker.tracks()[0]));
}

TEST(Tracker, KeepsTheNumbersOfTwoWhoCross) {
  Tracker tracker = make_tracker();
  Dice dice(5);
  for (int t = 0; t <= 120; ++t) {
    const double along = -78 + 1.3 * t;
    tracker.process(
        scan("T1", t, {noisy_plot(along, 0, 2, 2, dice), noisy_plot(0, along, 2, 2, dice)}));
  }
  const auto tracks = confirmed_of(tracker);
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_LT(distance_m(tracks[0], 78, 0), 5);
  EXPECT_LT(distance_m(tracks[1], 0, 78), 5);
}

TEST(Tracker, KeepsAGroupOfFiveApart) {
  // Five abreast 12 m apart, seen ten times a second by a camera to the south which tells the
  // range badly and now and then misses one.
  Tracker tracker = make_tracker();
  Dice dice(6);
  for (int i = 0; i <= 1200; ++i) {
    const double t = 0.1 * i;
    std::vector<locate::Plot> plots;
    for (int walker = 0; walker < 5; ++walker) {
      if (dice.uniform() < 0.15) continue;
      plots.push_back(noisy_plot(12 * walker, 2500 - 1.3 * t, 1.5, 40, dice));
    }
    tracker.process(scan("T1", t, plots));
  }
  const auto tracks = confirmed_of(tracker);
  ASSERT_EQ(tracks.size(), 5U);
  for (int walker = 0; walker < 5; ++walker) {
    EXPECT_LT(tracks[static_cast<std::size_t>(walker)].first_seen, at(2));
    int near = 0;
    for (const Track& track : tracks) {
      if (std::abs(plane().to_enu(track.place).east - 12 * walker) < 4) ++near;
    }
    EXPECT_EQ(near, 1) << "walker " << walker;
  }
}

TEST(Tracker, ConfirmsNextToNothingFromClutter) {
  Tracker tracker = make_tracker();
  Dice dice(7);
  std::set<std::uint64_t> ever;
  for (int i = 0; i < 1800; ++i) {  // an hour, 100 km²
    std::vector<locate::Plot> plots;
    for (int left = dice.poisson(5); left > 0; --left) {
      plots.push_back(plot(dice.uniform(0, 10000), dice.uniform(0, 10000), {900, 0, 25}));
    }
    tracker.process(scan("T1", 2 * i, plots));
    for (const Track& track : confirmed_of(tracker)) ever.insert(track.id.value);
  }
  EXPECT_LE(ever.size(), 6U);
}

constexpr geo::CovEn kBias = {1600, 0, 100};

TEST(Tracker, KeepsTheNumberFromOneBiasedSensorToTheNext) {
  Tracker tracker = make_tracker();
  Dice dice(8);
  for (int i = 0; i < 1200; ++i) {
    const double t = 0.1 * i;
    const bool first = t < 60;
    const double off = first ? 40 : -35;
    tracker.process(
        scan(first ? "T1" : "T2", t, {noisy_plot(1.3 * t + off, off / 8, 3, 1, dice, kBias)}));
  }
  const auto tracks = tracker.tracks();
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].id, TrackId{1});
  // It follows the sensor that sees it, and says so.
  EXPECT_LT(distance_m(tracks[0], 1.3 * 119.9 - 35, -35.0 / 8), 3);
  EXPECT_EQ(tracks[0].bias_cov_m2, kBias);
  EXPECT_EQ(tracks[0].last_sensor, sensor::SensorId{"T2"});
  EXPECT_THAT(tracks[0].sensors,
              testing::ElementsAre(sensor::SensorId{"T1"}, sensor::SensorId{"T2"}));
}

TEST(Tracker, DoesNotJumpBetweenTwoBiasedSensorsThatBothSeeIt) {
  Tracker tracker = make_tracker();
  Dice dice(9);
  for (int i = 0; i < 1200; ++i) {
    const double t = 0.05 * i;
    const bool first = i % 2 == 0;
    const double off = first ? 40 : -35;
    tracker.process(
        scan(first ? "T1" : "T2", t, {noisy_plot(1.3 * t + off, off / 8, 3, 1, dice, kBias)}));
    const auto tracks = tracker.tracks();
    ASSERT_EQ(tracks.size(), 1U) << "at " << t;
    if (t > 20) {
      EXPECT_NEAR(tracks[0].ve_mps, 1.3, 0.4);
    }
  }
}

TEST(Tracker, TakesScansALittleOutOfOrder) {
  Tracker tracker = make_tracker();
  Dice dice(10);
  for (int i = 0; i < 300; ++i) {
    const double t = 0.1 * i;
    const double late = i % 3 == 0 ? 0.35 : 0;
    tracker.process(
        scan(i % 3 == 0 ? "T2" : "T1", t - late, {noisy_plot(10 * (t - late), 0, 2, 2, dice)}));
    for (const Track& track : tracker.tracks()) ASSERT_TRUE(finite(track)) << "at " << t;
  }
  const auto tracks = tracker.tracks();
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_NEAR(tracks[0].ve_mps, 10, 0.5);
  EXPECT_LT(distance_m(tracks[0], 299, 0), 3);
}

TEST(Tracker, IgnoresAScanFarTooLate) {
  Tracker tracker = walked(60);
  tracker.process(scan("T2", 20, {plot(5000, 5000, kGood)}));
  EXPECT_EQ(tracker.tracks().size(), 1U);
  EXPECT_EQ(tracker.refused()[Refusal::too_late], 1U);
}

TEST(Tracker, IgnoresPlotsThatCannotBe) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  std::vector<locate::Plot> plots(1);  // no place
  for (const geo::CovEn cov : {geo::CovEn{0, 0, 0},
                               {-1, 0, 1},
                               {1, 2, 1},
                               {nan, 0, 1},
                               {1, nan, 1},
                               {infinite, 0, 1},
                               {1e300, 0, 1e300}}) {
    plots.push_back(plot(0, 0, cov));
  }
  plots.push_back(plot(0, 0, kGood, {-1, 0, 0}));
  plots.push_back(plot(0, 0, kGood, {0, nan, 0}));
  plots.push_back(plot(0, 0, kGood));
  plots.back().place->lat_rad = nan;
  Tracker tracker = make_tracker();
  tracker.process(scan("T1", 0, plots));
  EXPECT_TRUE(tracker.tracks().empty());
}

TEST(Tracker, HoldsAnUnseenTrackForGoneOnlyWhereItWouldHaveBeenSeen) {
  const auto seen_with = [](double probability) {
    return [probability](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) {
      return probability;
    };
  };
  Tracker in_the_open = walked(30, seen_with(0.95));
  Tracker in_dead_ground = walked(30, seen_with(0));
  for (int i = 1; i <= 150; ++i) {
    in_the_open.process(scan("T1", 30 + 0.1 * i, {}));
    in_dead_ground.process(scan("T1", 30 + 0.1 * i, {}));
  }
  ASSERT_EQ(in_dead_ground.tracks().size(), 1U);
  EXPECT_GT(in_dead_ground.tracks()[0].existence, 0.95);
  const auto tracks = in_the_open.tracks();
  EXPECT_TRUE(tracks.empty() || tracks[0].existence < 0.8);
}

TEST(Tracker, CountsFramesThatMissTogetherAsOneLook) {
  const Visibility always = [](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) {
    return 0.9;
  };
  Tracker tracker = walked(30, always);
  for (int i = 1; i <= 15; ++i) tracker.process(scan("T1", 30 + 0.04 * i, {}));
  EXPECT_GT(tracker.tracks()[0].existence, 0.99);
}

TEST(Tracker, TellsTheClassItsPlotsAgreeOn) {
  Tracker tracker = make_tracker();
  for (int t = 0; t < 10; ++t) {
    locate::Plot seen = plot(1.3 * t, 0, kGood);
    seen.classes = {0.6, 0.1, 0.3, 0, 0, 0};
    seen.cause = {static_cast<std::uint64_t>(t), 2};
    tracker.process(scan("T1", t, {seen}));
  }
  const Track track = tracker.tracks().at(0);
  EXPECT_EQ(sensor::likeliest(track.classes), sensor::MoverClass::person);
  EXPECT_GT(track.classes[0], 0.55);
  EXPECT_EQ(track.last_cause, (locate::Cause{9, 2}));
}

TEST(Tracker, GivesTheSameTracksBitForBit) {
  const auto run = [] {
    Tracker tracker = make_tracker();
    Dice dice(11);
    std::vector<Track> all;
    for (int i = 0; i < 200; ++i) {
      std::vector<locate::Plot> plots;
      for (int walker = 0; walker < 4; ++walker) {
        plots.push_back(noisy_plot(10 * walker, 1.3 * i, 15, 3, dice));
      }
      tracker.process(scan(i % 2 == 0 ? "T1" : "T2", 0.5 * i, plots));
      for (const Track& track : tracker.tracks()) all.push_back(track);
    }
    return all;
  };
  const std::vector<Track> once = run(), again = run();
  ASSERT_EQ(once.size(), again.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    ASSERT_EQ(once[i].id, again[i].id);
    ASSERT_EQ(once[i].place, again[i].place);
    ASSERT_EQ(once[i].existence, again[i].existence);
    ASSERT_EQ(std::memcmp(once[i].cov.data(), again[i].cov.data(), sizeof(once[i].cov)), 0);
  }
}

TEST(TrackerDeath, RefusesSettingsThatMeanNothing) {
  EXPECT_DEATH(Tracker({.false_plots_per_km2 = 0}, plane()), "false_plots_per_km2");
  EXPECT_DEATH(Tracker({.detection_probability = 1}, plane()), "detection_probability");
}

}  // namespace
}  // namespace marsad::track
