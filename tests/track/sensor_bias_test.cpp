// SPDX-License-Identifier: Apache-2.0
#include "track/sensor_bias.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/track/bias_trial.h"
#include "tests/track/trial.h"
#include "tests/track/world.h"

namespace marsad::track {
namespace {

using test::Dice;
using test::MadeSensor;

constexpr double kDegree = geo::radians(1);

TEST(SensorBiases, OfTwoCamerasFindTheOneThatPointsThirdOfADegreeOff) {
  const std::vector<MadeSensor> sensors = test::two_cameras(0.3);
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SensorBiases biases = test::biases_of(sensors);
    test::walk_past(sensors, 0, 600, seed, biases);
    const std::vector<SensorBias> found = biases.biases();
    EXPECT_NEAR(found[0].azimuth_rad, 0, 0.05 * kDegree) << seed;
    EXPECT_NEAR(found[1].azimuth_rad, 0.3 * kDegree, 0.05 * kDegree) << seed;
    EXPECT_LT(found[1].azimuth_sigma_rad, 0.05 * kDegree);
    EXPECT_GT(found[1].pairs, 300U);
  }
}

TEST(SensorBiases, StayAsUnsureAsTheyWereWhereOneCameraSeesAlone) {
  const std::vector<MadeSensor> sensors = {test::two_cameras(0.3).front()};
  SensorBiases biases = test::biases_of(sensors);
  test::walk_past(sensors, 0, 100, 1, biases);
  EXPECT_EQ(biases.biases()[0].azimuth_rad, 0);
  EXPECT_NEAR(biases.biases()[0].azimuth_sigma_rad, 0.3 * kDegree, 1e-12);
  EXPECT_EQ(biases.biases()[0].pairs, 0U);
}

TEST(SensorBiases, AreAsWrongAsTheySay) {
  double sum = 0;
  constexpr int kStrips = 12;
  for (int i = 0; i < kStrips; ++i) {
    sum += test::take_biases_out(test::make_up({.seed = 100 + std::uint64_t(i),
                                                .duration_s = 300,
                                                .lone_walkers = 10,
                                                .bias_per_m = 0.003,
                                                .azimuth_bias_rad = 0.2 * kDegree}))
               .sigmas2_mean;
  }
  // Biases of one strip hang together, so the bounds are wider than chi squared's of 72.
  EXPECT_GT(sum / kStrips, 0.6);
  EXPECT_LT(sum / kStrips, 1.5);
}

TEST(SensorBiases, TakenOutLetTracksLieBetter) {
  const test::MadeUp made = test::make_up({.seed = 50, .azimuth_bias_rad = 0.3 * kDegree});
  const test::Unbiased unbiased = test::take_biases_out(made);
  EXPECT_LT(test::track_and_score(unbiased.scans, made.truth).gospa_m,
            0.9 * test::track_and_score(made).gospa_m);
}

TEST(SensorBiases, ComeOutOfThePlots) {
  std::vector<MadeSensor> sensors = test::two_cameras(0.4);
  SensorBiases biases = test::biases_of(sensors);
  test::walk_past(sensors, 0, 600, 3, biases);
  MadeSensor& exact = sensors[1];  // but for its bias
  exact.across_m = exact.along_m = 0.01;
  exact.across_per_m = exact.along_per_m = 0;
  Dice dice(1);
  const geo::Enu there = {1000, 3000, 0};
  const locate::Plot plot = test::report(exact, there, dice);
  const locate::Plot better = biases.corrected(test::scan("b", 600, {plot})).plots.front();
  const auto off_m = [&](const locate::Plot& p) {
    const geo::Enu at = test::plane().to_enu(*p.place);
    return std::hypot(at.east - there.east, at.north - there.north);
  };
  EXPECT_GT(off_m(plot), 15);
  EXPECT_LT(off_m(better), 3);
  EXPECT_LT(better.bias_cov_m2.ee + better.bias_cov_m2.nn,
            0.1 * (plot.bias_cov_m2.ee + plot.bias_cov_m2.nn));
  EXPECT_GE(better.bias_cov_m2.ee * better.bias_cov_m2.nn,
            better.bias_cov_m2.en * better.bias_cov_m2.en);
  EXPECT_NEAR(better.bearing_rad, plot.bearing_rad - biases.biases()[1].azimuth_rad, 1e-12);
}

TEST(SensorBiases, AreLearntAnewWhenACameraIsKnocked) {
  std::vector<MadeSensor> sensors = test::two_cameras(0.3);
  SensorBiases biases = test::biases_of(sensors);
  test::walk_past(sensors, 0, 600, 4, biases);
  sensors[1].azimuth_bias_rad = 0.9 * kDegree;
  test::walk_past(sensors, 600, 600, 5, biases);
  EXPECT_NEAR(biases.biases()[1].azimuth_rad, 0.9 * kDegree,
              std::min(0.15 * kDegree, 3 * biases.biases()[1].azimuth_sigma_rad));
}

TEST(SensorBiases, LeaveScansOfOthersAlone) {
  SensorBiases biases({}, test::plane());
  const Scan scan = test::scan("x", 1, {test::plot(1, 2, {1, 0, 1})});
  EXPECT_EQ(biases.corrected(scan).plots.front().place, scan.plots.front().place);
  biases.observe({}, scan);
  EXPECT_TRUE(biases.biases().empty());
}

TEST(SensorBiases, LeavePlotsAtTheSensorsOwnPlaceSound) {
  const std::vector<MadeSensor> sensors = test::two_cameras(0.3);
  SensorBiases biases = test::biases_of(sensors);
  test::walk_past(sensors, 0, 60, 1, biases);
  locate::Plot here = test::plot(sensors[1].e_m, sensors[1].n_m, {1, 0, 1}, {1, 0, 1});
  const locate::Plot better = biases.corrected(test::scan("b", 60, {here})).plots.front();
  const geo::Enu at = test::plane().to_enu(*better.place);
  EXPECT_NEAR(at.east, sensors[1].e_m, 3);
  EXPECT_NEAR(at.north, sensors[1].n_m, 3);
  EXPECT_GE(better.bias_cov_m2.ee, 0);
}

TEST(SensorBiases, DoNotMoveWithPlotsThatAreNoTracks) {
  const std::vector<MadeSensor> sensors = test::two_cameras(0);
  SensorBiases biases = test::biases_of(sensors);
  Dice dice(7);
  Tracker tracker({}, test::plane());
  for (int t = 0; t < 200; t += 2) {
    for (const MadeSensor& sensor : sensors) {
      std::vector<locate::Plot> plots;
      for (int i = 0; i < 5; ++i) {
        const geo::Enu place = {dice.uniform(0, 3000), dice.uniform(1000, 4000), 0};
        plots.push_back(test::report(sensor, place, dice));
      }
      const Scan located = test::scan(sensor.id.text, t, std::move(plots));
      tracker.process(biases.corrected(located));
      biases.observe(tracker.tracks(), located);
    }
  }
  for (const SensorBias& bias : biases.biases()) {
    EXPECT_LT(std::abs(bias.azimuth_rad), 2.5 * bias.azimuth_sigma_rad);
  }
}

}  // namespace
}  // namespace marsad::track
