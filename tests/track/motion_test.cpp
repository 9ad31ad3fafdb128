// SPDX-License-Identifier: Apache-2.0
#include "track/motion.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "track/tracker.h"

namespace marsad::track {
namespace {

const MotionModes kUsual = TrackerSettings{}.modes;

// Whether the covariance has a Cholesky factor.
bool positive_definite(const Kinematics& k) {
  const auto& c = k.cov;
  const double full[4][4] = {{c[0], c[1], c[2], c[3]},
                             {c[1], c[4], c[5], c[6]},
                             {c[2], c[5], c[7], c[8]},
                             {c[3], c[6], c[8], c[9]}};
  double factor[4][4] = {};
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j <= i; ++j) {
      double rest = full[i][j];
      for (int m = 0; m < j; ++m) rest -= factor[i][m] * factor[j][m];
      if (i == j) {
        if (!(rest > 0)) return false;
        factor[i][i] = std::sqrt(rest);
      } else {
        factor[i][j] = rest / factor[j][j];
      }
    }
  }
  return true;
}

// An ellipse of any slant, up to 200 times longer than wide.
Position any_position() {
  const double angle = *rc::gen::inRange(0, 314) / 100.0;
  const double across_m = *rc::gen::element(0.1, 1.0, 5.0);
  const double along_m = across_m * *rc::gen::element(1.0, 20.0, 200.0);
  const double c = std::cos(angle), s = std::sin(angle);
  const double a2 = across_m * across_m, l2 = along_m * along_m;
  return {double(*rc::gen::inRange(-200, 200)),
          double(*rc::gen::inRange(-200, 200)),
          {l2 * c * c + a2 * s * s, (l2 - a2) * c * s, l2 * s * s + a2 * c * c}};
}

RC_GTEST_PROP(Motion, KeepsItsCovariancesPositiveDefinite, ()) {
  Motion motion = born(any_position(), kUsual);
  for (auto left = *rc::gen::inRange(0, 40); left > 0; --left) {
    predict(motion, *rc::gen::element(-2.0, -0.04, 0.0, 0.04, 0.1, 2.0, 30.0, 600.0), kUsual);
    if (*rc::gen::arbitrary<bool>()) update(motion, any_position());
    double sum = 0;
    for (std::size_t m = 0; m < kModes; ++m) {
      RC_ASSERT(positive_definite(motion.mode[m]));
      sum += motion.probability[m];
    }
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
    RC_ASSERT(positive_definite(moments(motion)));
  }
}

RC_GTEST_PROP(Motion, ReachHoldsEveryPlaceInItsGate, ()) {
  Motion motion = born(any_position(), kUsual);
  predict(motion, 1, kUsual);
  update(motion, any_position());
  const double dt_s = *rc::gen::element(-2.0, 0.1, 2.0, 20.0);
  const Reach around = reach(motion, dt_s, dt_s, kUsual, 3);
  predict(motion, dt_s, kUsual);
  for (const Kinematics& k : motion.mode) {
    RC_ASSERT(std::abs(k.mean[0] - around.e_m) <= around.half_e_m);
    RC_ASSERT(std::abs(k.mean[1] - around.n_m) <= around.half_n_m);
  }
}

TEST(Motion, LearnsTheVelocityOfAWalker) {
  Motion motion = born({0, 0, {1, 0, 1}}, kUsual);
  for (int t = 1; t <= 20; ++t) {
    predict(motion, 1, kUsual);
    update(motion, {1.0 * t, -0.8 * t, {1, 0, 1}});
  }
  const Kinematics k = moments(motion);
  EXPECT_NEAR(k.mean[2], 1.0, 0.03);
  EXPECT_NEAR(k.mean[3], -0.8, 0.03);
  EXPECT_GT(motion.probability[0], 0.9);
}

TEST(Motion, TakesWhatTurnsSharplyForAVehicle) {
  Motion motion = born({0, 0, {4, 0, 4}}, kUsual);
  for (int t = 1; t <= 30; ++t) {
    predict(motion, 1, kUsual);
    const double turn = 0.1 * t;
    update(motion, {150 * std::sin(turn), 150 * (1 - std::cos(turn)), {4, 0, 4}});
  }
  const Kinematics k = moments(motion);
  EXPECT_LT(motion.probability[0], 0.2);
  EXPECT_NEAR(std::hypot(k.mean[2], k.mean[3]), 15, 1.5);
}

TEST(Motion, GoesBackWhereItCameFromAndIsLessSureThere) {
  Motion motion = born({0, 0, {1, 0, 1}}, kUsual);
  for (int t = 1; t <= 10; ++t) {
    predict(motion, 1, kUsual);
    update(motion, {1.3 * t, 0, {1, 0, 1}});
  }
  const Kinematics now = moments(motion);
  predict(motion, -0.5, kUsual);
  EXPECT_NEAR(moments(motion).mean[0], 13 - 0.65, 0.5);
  predict(motion, 0.5, kUsual);
  const Kinematics again = moments(motion);
  EXPECT_NEAR(again.mean[0], now.mean[0], 0.01);
  EXPECT_GE(again.cov[0], now.cov[0]);
}

TEST(Motion, MergesIntoTheMeanWithTheSpread) {
  Motion west = born({-10, 0, {1, 0, 1}}, kUsual);
  Motion east = born({10, 0, {1, 0, 1}}, kUsual);
  const std::array<Motion, 2> both = {west, east};
  const std::array<double, 2> even = {0.5, 0.5};
  const Kinematics k = moments(merge(both, even, even));
  EXPECT_NEAR(k.mean[0], 0, 1e-12);
  EXPECT_NEAR(k.cov[0], 101, 1e-9);
  EXPECT_NEAR(k.cov[4], 1, 1e-9);
}

TEST(Motion, SaysHowFarOffAMeanIsThatFollowsOneMoreThanIsLikely) {
  const std::array<Motion, 2> both = {born({-10, 0, {1, 0, 1}}, kUsual),
                                      born({10, 0, {1, 0, 1}}, kUsual)};
  const Kinematics k =
      moments(merge(both, std::array<double, 2>{0.25, 0.75}, std::array<double, 2>{0.5, 0.5}));
  EXPECT_NEAR(k.mean[0], 5, 1e-12);
  EXPECT_NEAR(k.cov[0], 1 + 0.5 * 15 * 15 + 0.5 * 5 * 5, 1e-9);
}

TEST(Motion, IsLessSureWhereTheFastWillBeThanWhereTheSlowWill) {
  const auto spread_after_10_s = [](double speed_mps) {
    Motion motion = born({0, 0, {1, 0, 1}}, kUsual);
    for (int t = 1; t <= 20; ++t) {
      predict(motion, 1, kUsual);
      update(motion, {speed_mps * t, 0, {1, 0, 1}});
    }
    predict(motion, 10, kUsual);
    return std::sqrt(moments(motion).cov[4]);
  };
  EXPECT_GT(spread_after_10_s(14), 1.5 * spread_after_10_s(1.3));
}

TEST(Motion, DriftsSoonerTheLessItsVelocityIsKnown) {
  Motion walker = born({0, 0, {1, 0, 1}}, kUsual);
  const double unknown_s = time_to_drift_s(walker, 40, kUsual);
  for (int t = 1; t <= 20; ++t) {
    predict(walker, 1, kUsual);
    update(walker, {1.3 * t, 0, {1, 0, 1}});
  }
  const double known_s = time_to_drift_s(walker, 40, kUsual);
  EXPECT_GT(known_s, 2 * unknown_s);
  const double before_m2 = moments(walker).cov[0];
  MotionModes steady = kUsual;
  for (MotionMode& mode : steady) mode.mean_stay_s = 1e12;
  predict(walker, known_s, steady);
  EXPECT_NEAR(std::sqrt(moments(walker).cov[0] - before_m2), 40, 8);
}

}  // namespace
}  // namespace marsad::track
