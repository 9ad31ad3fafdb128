// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "score/score.h"
#include "tests/support/real_data.h"
#include "tests/support/timed_points.h"
#include "tests/track/dice.h"
#include "track/assignment.h"

namespace marsad::score {
namespace {

TEST(Gospa, IsNothingWhereTracksLieOnTruth) {
  const std::vector<TimedPoint> truth = {{0, "a", 0, 0}, {0, "b", 100, 0}, {1, "a", 1, 0}};
  const TrackScore score = score_tracks(truth, truth);
  EXPECT_DOUBLE_EQ(score.gospa_m, 0);
  EXPECT_EQ(score.id_switches, 0U);
  EXPECT_DOUBLE_EQ(score.truth, 1.5);
}

TEST(Gospa, CountsAMissHalfTheSquaredCutOff) {
  const TrackScore score = score_tracks({{0, "a", 0, 0}}, {});
  EXPECT_DOUBLE_EQ(score.gospa_m, 60 / std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(score.missed, 1);
  EXPECT_DOUBLE_EQ(score.false_tracks, 0);
}

TEST(Gospa, CountsATrackBeyondTheCutOffAsMissAndFalse) {
  const TrackScore score = score_tracks({{0, "a", 0, 0}}, {{0, "x", 60, 0}});
  EXPECT_DOUBLE_EQ(score.gospa_m, 60);
  EXPECT_DOUBLE_EQ(score.missed, 1);
  EXPECT_DOUBLE_EQ(score.false_tracks, 1);
}

TEST(Gospa, TakesTheBestWholeMatchAndNotTheNearestFirst) {
  // x lies nearest to b, yet a has nothing else.
  const TrackScore score =
      score_tracks({{0, "a", 0, 0}, {0, "b", 30, 0}}, {{0, "x", 20, 0}, {0, "y", 70, 0}});
  EXPECT_DOUBLE_EQ(score.gospa_m, std::sqrt(20.0 * 20 + 40 * 40));
  EXPECT_DOUBLE_EQ(score.missed, 0);
}

TEST(Gospa, CountsAChangeOfNumberAlsoAfterAGap) {
  const std::vector<TimedPoint> truth = {{0, "a", 0, 0}, {1, "a", 0, 0}, {2, "a", 0, 0}};
  EXPECT_EQ(score_tracks(truth, {{0, "x", 0, 0}, {2, "x", 0, 0}}).id_switches, 0U);
  EXPECT_EQ(score_tracks(truth, {{0, "x", 0, 0}, {2, "y", 0, 0}}).id_switches, 1U);
}

TEST(Gospa, IgnoresTracksAtTimesWithoutTruth) {
  EXPECT_DOUBLE_EQ(score_tracks({{0, "a", 0, 0}}, {{0, "x", 0, 0}, {5, "y", 0, 0}}).gospa_m, 0);
}

TEST(Gospa, OfNothingIsNothing) {
  const TrackScore score = score_tracks({}, {});
  EXPECT_DOUBLE_EQ(score.gospa_m, 0);
  EXPECT_DOUBLE_EQ(score.truth, 0);
}

// What GOSPA is of one time by its definition, over all ways to pair at once.
double gospa_of_all_pairs(const std::vector<TimedPoint>& truth,
                          const std::vector<TimedPoint>& tracks, double cut_off_m) {
  std::vector<double> cost;
  for (const TimedPoint& a : truth) {
    for (const TimedPoint& b : tracks) {
      const double distance_m = std::min(std::hypot(a.e_m - b.e_m, a.n_m - b.n_m), cut_off_m);
      cost.push_back(distance_m * distance_m);
    }
  }
  const auto column_of = track::assign(truth.size(), tracks.size(), cost);
  double sum = 0;
  double paired = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (column_of[i] == track::kUnassigned) continue;
    sum += cost[i * tracks.size() + std::size_t(column_of[i])];
    ++paired;
  }
  const double alone = double(truth.size()) + double(tracks.size()) - 2 * paired;
  return std::sqrt(sum + cut_off_m * cut_off_m / 2 * alone);
}

TEST(Gospa, OfACrowdIsThatOfAllPairs) {
  test::Dice dice(3);
  for (int trial = 0; trial < 200; ++trial) {
    // From far apart to all in one heap; across the origin, where squares change sign.
    const double half_m = dice.uniform(20, 600);
    std::vector<TimedPoint> truth, tracks;
    for (auto* points : {&truth, &tracks}) {
      const int count = 1 + int(dice.uniform() * 25);
      for (int i = 0; i < count; ++i) {
        points->push_back(
            {0, std::to_string(i), dice.uniform(-half_m, half_m), dice.uniform(-half_m, half_m)});
      }
    }
    EXPECT_NEAR(score_tracks(truth, tracks, 40).gospa_m, gospa_of_all_pairs(truth, tracks, 40),
                1e-9);
  }
}

TEST(Gospa, AgreesWithStoneSoupsOwnMetric) {
  const auto folder = test::real_data("tracking");
  if (!folder) GTEST_SKIP() << "no tracking scenarios";
  struct Known {
    const char* name;
    double gospa_m, missed, false_tracks, rms_m, truth;
    std::uint64_t id_switches;
  };
  for (const Known& known : {Known{"crossing-1", 78.71, 0.650, 1.590, 9.67, 33.1, 369},
                             Known{"crossing-2", 75.82, 0.753, 0.657, 10.84, 33.2, 342}}) {
    const TrackScore score =
        score_tracks(test::read_points(*folder / known.name / "truth.csv"),
                     test::read_points(*folder / known.name / "stonesoup_gnn.csv"));
    EXPECT_NEAR(score.gospa_m, known.gospa_m, 0.006);
    EXPECT_NEAR(score.missed, known.missed, 0.0006);
    EXPECT_NEAR(score.false_tracks, known.false_tracks, 0.0006);
    EXPECT_NEAR(score.location_rms_m, known.rms_m, 0.006);
    EXPECT_NEAR(score.truth, known.truth, 0.06);
    EXPECT_EQ(score.id_switches, known.id_switches);
  }
}

}  // namespace
}  // namespace marsad::score
