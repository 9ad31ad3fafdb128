// SPDX-License-Identifier: Apache-2.0
#include "track/bearing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/track/covariance.h"
#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::bearing;
using test::confirmed_of;
using test::Dice;
using test::distance_m;
using test::noisy_plot;
using test::plane;
using test::plot;
using test::scan;

constexpr double kNoise_rad = 0.001;

// A walker 2 km north of the camera "T1", who goes east and is seen every second: for half a minute
// with his place, told badly along the line of sight, then over a crest by his bearing alone.
struct OverACrest {
  explicit OverACrest(std::uint64_t seed) : dice(seed) {}

  static double east_m(double t_s) { return 1.3 * t_s; }
  static constexpr double kNorth_m = 2000;

  void walk_in_sight(Tracker& tracker) {
    for (; t_s < 30; ++t_s) {
      tracker.process(scan("T1", t_s, {noisy_plot(east_m(t_s), kNorth_m, 2, 25, dice)}));
    }
  }
  void walk_behind(Tracker& tracker, double until_s, bool told) {
    for (; t_s < until_s; ++t_s) {
      std::vector<locate::Plot> plots;
      if (told) {
        plots.push_back(bearing({0, 0}, {east_m(t_s), kNorth_m}, kNoise_rad));
        plots.back().bearing_rad += kNoise_rad * dice.normal();
      }
      tracker.process(scan("T1", t_s, plots));
    }
  }

  // How far the track is off across the line of sight to the walker, and what it says of that.
  static double across_m(const Track& track, double seen_s) {
    const geo::Enu at = plane().to_enu(track.place);
    const double range_m = std::hypot(east_m(seen_s), kNorth_m);
    return (at.east * kNorth_m - at.north * east_m(seen_s)) / range_m;
  }
  static double across_sigma_m(const Track& track, double seen_s) {
    const double range_m = std::hypot(east_m(seen_s), kNorth_m);
    const double e = kNorth_m / range_m, n = -east_m(seen_s) / range_m;
    return std::sqrt(e * e * track.cov[0] + 2 * e * n * track.cov[1] + n * n * track.cov[4]);
  }

  Dice dice;
  double t_s = 0;
};

TEST(Bearing, KeepsTheTrackOfAMoverOverACrest) {
  OverACrest world(1);
  Tracker tracker({}, plane());
  world.walk_in_sight(tracker);
  ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  const Track before = confirmed_of(tracker).front();
  world.walk_behind(tracker, 150, true);
  ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  const Track after = confirmed_of(tracker).front();
  EXPECT_EQ(after.id, before.id);
  EXPECT_GT(after.existence, 0.95);
  EXPECT_EQ(after.last_seen, test::at(149));
  EXPECT_EQ(after.plots, before.plots);  // those with a place
  // Across the sight it is known as well as ever; along it less, and no better than that.
  EXPECT_LT(std::abs(OverACrest::across_m(after, 149)), 4);
  EXPECT_LT(OverACrest::across_sigma_m(after, 149), 1.5 * OverACrest::across_sigma_m(before, 29));
  EXPECT_GT(after.cov[4], 2 * before.cov[4]);
}

TEST(Bearing, LeavesATrackAsWrongAlongTheSightAsItSays) {
  // The mean of the squared error over its variance lies within 1 ± 0.42 with 99.9 % over 120.
  constexpr int kRuns = 120;
  double along = 0, across = 0;
  for (int run = 0; run < kRuns; ++run) {
    OverACrest world(std::uint64_t(100 + run));
    Tracker tracker({}, plane());
    world.walk_in_sight(tracker);
    world.walk_behind(tracker, 90, true);
    const auto tracks = confirmed_of(tracker);
    ASSERT_EQ(tracks.size(), 1U) << run;
    const double off_m = plane().to_enu(tracks[0].place).north - OverACrest::kNorth_m;
    along += off_m * off_m / tracks[0].cov[4] / kRuns;
    across +=
        std::pow(OverACrest::across_m(tracks[0], 89) / OverACrest::across_sigma_m(tracks[0], 89),
                 2) /
        kRuns;
  }
  EXPECT_LT(along, 1.42);
  EXPECT_LT(across, 1.42);
}

TEST(Bearing, WithoutItsBearingsThatTrackIsLost) {
  OverACrest world(1);
  Tracker tracker({}, plane());
  world.walk_in_sight(tracker);
  world.walk_behind(tracker, 150, false);
  EXPECT_TRUE(confirmed_of(tracker).empty());
}

TEST(Bearing, MakesATrackSurerAcrossTheSightAlone) {
  const auto watched = [](bool with_bearings) {
    Tracker tracker({}, plane());
    for (int t = 0; t < 10; ++t) tracker.process(scan("T1", t, {plot(0, 2000, {900, 0, 900})}));
    for (int t = 10; t < 20; ++t) {
      std::vector<locate::Plot> plots;
      if (with_bearings) plots.push_back(bearing({0, 0}, {0, 2000}, kNoise_rad));
      tracker.process(scan("T1", t, plots));
    }
    return confirmed_of(tracker).at(0);
  };
  const Track with = watched(true), without = watched(false);
  EXPECT_LT(with.cov[0], 0.05 * without.cov[0]);
  EXPECT_NEAR(with.cov[4], without.cov[4], 0.25 * without.cov[4]);
  EXPECT_NEAR(plane().to_enu(with.place).north, 2000, 1);
}

TEST(Bearing, BeginsAndConfirmsNoTrack) {
  Tracker tracker({}, plane());
  for (int t = 0; t < 60; ++t) {
    tracker.process(scan("T1", t, {bearing({0, 0}, {10, 2000}, kNoise_rad)}));
    tracker.process(scan("T2", t, {bearing({2000, 0}, {10, 2000}, kNoise_rad)}));
    ASSERT_TRUE(tracker.tracks().empty());
  }
  // One place, which may be false, and any number of bearings are not enough either.
  tracker.process(scan("T1", 60, {plot(10, 2000, {4, 0, 400})}));
  for (int t = 61; t < 90; ++t) {
    tracker.process(scan("T2", t, {bearing({2000, 0}, {10, 2000}, kNoise_rad)}));
    ASSERT_TRUE(confirmed_of(tracker).empty());
  }
}

TEST(Bearing, OfAThirdCameraBeginsNoTrackBesideThoseOfTheOthers) {
  Tracker tracker({}, plane());
  Dice dice(3);
  for (int t = 0; t < 60; ++t) {
    const double e = 1.3 * t;
    tracker.process(scan("T1", t, {noisy_plot(e, 2000, 2, 20, dice)}));
    tracker.process(scan("T2", t, {noisy_plot(e, 2000, 15, 15, dice)}));
    tracker.process(scan(
        "T3", t,
        {bearing({1500, 500}, {e, 2000}, kNoise_rad), bearing({1500, 500}, {e, 900}, kNoise_rad)}));
  }
  const auto tracks = tracker.tracks();
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].sensors.size(), 3U);
  EXPECT_LT(distance_m(tracks[0], 1.3 * 59, 2000), 6);
}

TEST(Bearing, OfACameraThatPointsAsideIsLearntAndDrawsNoTrackAside) {
  constexpr double kBias_rad = 0.01;
  Tracker tracker({}, plane());
  Dice dice(4);
  double farthest_m = 0;
  for (int t = 0; t < 120; ++t) {
    const double e = 1.3 * t;
    tracker.process(scan("T1", t, {noisy_plot(e, 2000, 2, 10, dice)}));
    locate::Plot aside = bearing({1500, 500}, {e, 2000}, std::hypot(kNoise_rad, kBias_rad));
    aside.bearing_bias_sigma_rad = kBias_rad;
    aside.bearing_rad += kBias_rad + kNoise_rad * dice.normal();
    tracker.process(scan("T2", t, {aside}));
    ASSERT_EQ(tracker.tracks().size(), 1U);
    if (t > 20) farthest_m = std::max(farthest_m, distance_m(tracker.tracks()[0], e, 2000));
  }
  EXPECT_EQ(tracker.tracks()[0].sensors.size(), 2U);
  EXPECT_LT(farthest_m, 9);  // 21 m would be the bias alone
}

TEST(Bearing, OfWhatFliesLeavesTracksOnTheGroundAlone) {
  Tracker tracker({}, plane());
  for (int t = 0; t < 20; ++t) tracker.process(scan("T1", t, {plot(0, 2000, {4, 0, 100})}));
  locate::Plot high = bearing({0, 0}, {0, 2000}, kNoise_rad);
  high.elevation_rad = geo::radians(6);
  tracker.process(scan("T1", 20, {high}));
  EXPECT_EQ(tracker.tracks().at(0).last_seen, test::at(19));
  locate::Plot bird = bearing({0, 0}, {0, 2000}, kNoise_rad);
  bird.classes = {0, 0, 0, 0, 1, 0};
  const double before = tracker.tracks().at(0).cov[0];
  tracker.process(scan("T1", 21, {bird}));
  EXPECT_GT(tracker.tracks().at(0).cov[0], before);
}

TEST(Bearing, ElsewhereIsAMissLikeAnyOther) {
  const auto existence_after = [](bool told) {
    Tracker tracker({}, plane());
    for (int t = 0; t < 20; ++t) tracker.process(scan("T1", t, {plot(0, 2000, {4, 0, 100})}));
    for (int t = 20; t < 26; ++t) {
      std::vector<locate::Plot> plots;
      if (told) plots.push_back(bearing({0, 0}, {500, 2000}, kNoise_rad));
      tracker.process(scan("T1", t, plots));
    }
    return tracker.tracks().at(0).existence;
  };
  EXPECT_EQ(existence_after(true), existence_after(false));
  EXPECT_LT(existence_after(true), 0.99);
}

TEST(Bearing, IsTakenFromNorthWhereTheSensorStands) {
  // 300 km east of the plane's middle its north is turned by nearly 2°.
  const geo::Geodetic there = plane().to_geodetic({300'000, 0, 0});
  const geo::LocalFrame here(there);
  locate::Plot north;
  north.from = there;
  north.bearing_sigma_rad = kNoise_rad;
  RefusedCounts refused;
  const auto seen = bearings_of({north}, plane(), refused);
  ASSERT_EQ(seen.size(), 1U);
  const geo::Enu mover = plane().to_enu(here.to_geodetic({0, 5000, 0}));
  const Bearing& b = seen[0];
  EXPECT_GT(std::abs(b.along_e), 0.02);
  EXPECT_NEAR(b.along_n * (mover.east - b.from_e_m) - b.along_e * (mover.north - b.from_n_m), 0,
              0.01);
  EXPECT_NEAR(b.range_m(mover.east, mover.north), 5000, 10);
}

TEST(Bearing, ThatCannotBeIsRefusedByReason) {
  const auto reason = [](auto change) {
    locate::Plot plot = bearing({0, 0}, {0, 2000}, kNoise_rad);
    change(plot);
    return wrong_with(plot);
  };
  EXPECT_EQ(reason([](locate::Plot&) {}), std::nullopt);
  EXPECT_EQ(reason([](locate::Plot& p) { p.from.reset(); }), Refusal::no_place);
  EXPECT_EQ(reason([](locate::Plot& p) { p.bearing_rad = std::nan(""); }), Refusal::not_a_number);
  EXPECT_EQ(reason([](locate::Plot& p) { p.from->lat_rad = 2; }), Refusal::absurd_place);
  EXPECT_EQ(reason([](locate::Plot& p) { p.bearing_sigma_rad = 0; }), Refusal::bad_covariance);
  EXPECT_EQ(reason([](locate::Plot& p) { p.bearing_sigma_rad = 2; }), Refusal::bad_covariance);
  EXPECT_EQ(reason([](locate::Plot& p) { p.bearing_bias_sigma_rad = 0.1; }),
            Refusal::bad_covariance);
  EXPECT_EQ(reason([](locate::Plot& p) { p.classes[0] = 2; }), Refusal::bad_class);
}

// A belief after some time and plots, of errors large and small.
Motion some_motion() {
  const double sigma_m = std::pow(10, *rc::gen::inRange(-1, 5));
  const MotionModes modes = TrackerSettings{}.modes;
  Motion motion = born({0, 0, {sigma_m * sigma_m, 0, sigma_m * sigma_m}}, modes);
  predict(motion, *rc::gen::inRange(0, 600), modes);
  return motion;
}

RC_GTEST_PROP(Bearing, LeavesACovariance, ()) {
  Motion motion = some_motion();
  for (int i = 0; i < 20; ++i) {
    const double angle = 1e-3 * *rc::gen::inRange(0, 6284);
    const double sigma_m = std::pow(10, *rc::gen::inRange(-2, 4));
    const Sightline line = {double(*rc::gen::inRange(-3000, 3000)),
                            double(*rc::gen::inRange(-3000, 3000)), std::cos(angle),
                            std::sin(angle), sigma_m * sigma_m};
    update(motion, line);
    for (const Kinematics& mode : motion.mode) RC_ASSERT(test::is_covariance(mode));
    RC_ASSERT(test::is_covariance(moments(motion)));
    predict(motion, 0.1 * *rc::gen::inRange(0, 50), TrackerSettings{}.modes);
  }
}

// The variance of a belief's place across a line is what the product of two Gaussians has.
RC_GTEST_PROP(Bearing, MakesAModeAsSureAcrossAsTwoGaussiansTogether, ()) {
  Motion motion = some_motion();
  const double angle = 1e-3 * *rc::gen::inRange(0, 6284);
  const double sigma_m = std::pow(10, *rc::gen::inRange(-1, 3));
  const Sightline line = {0, 0, std::cos(angle), std::sin(angle), sigma_m * sigma_m};
  const auto across_m2 = [&line](const Kinematics& k) {
    const double e = line.across_e, n = line.across_n;
    return e * e * k.cov[0] + 2 * e * n * k.cov[1] + n * n * k.cov[4];
  };
  const Motion before = motion;
  update(motion, line);
  for (std::size_t m = 0; m < kModes; ++m) {
    const double unsure_m2 = across_m2(before.mode[m]);
    const double expected = 1 / (1 / unsure_m2 + 1 / (sigma_m * sigma_m));
    const double rounding = 1e-14 * unsure_m2;
    RC_ASSERT(std::abs(across_m2(motion.mode[m]) - expected) < 1e-6 * expected + rounding);
  }
}

}  // namespace
}  // namespace marsad::track
