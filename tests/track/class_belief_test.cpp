// SPDX-License-Identifier: Apache-2.0
#include "track/class_belief.h"

#include <gtest/gtest.h>

#include <numeric>

namespace marsad::track {
namespace {

using sensor::ClassProbabilities;

constexpr ClassProbabilities kRatherPerson = {0.6, 0.1, 0.3, 0, 0, 0};
constexpr ClassProbabilities kVehicle = {0.05, 0.9, 0.05, 0, 0, 0};

double sum(const ClassProbabilities& p) { return std::accumulate(p.begin(), p.end(), 0.0); }

TEST(ClassBelief, StaysUnknownWhilePlotsKnowNothing) {
  const ClassProbabilities fused = fuse_classes(sensor::kUnknownClass, sensor::kUnknownClass, 1);
  EXPECT_DOUBLE_EQ(fused[5], 1);
  EXPECT_DOUBLE_EQ(sum(fused), 1);
}

TEST(ClassBelief, TakesTheFirstAnswerAboutAsGiven) {
  const ClassProbabilities fused = fuse_classes(sensor::kUnknownClass, kRatherPerson, 1);
  EXPECT_NEAR(fused[0], 0.6, 0.01);
  EXPECT_NEAR(fused[5], 0, 1e-9);
}

TEST(ClassBelief, GrowsSurerWithEachAnswerThatAgrees) {
  ClassProbabilities fused = sensor::kUnknownClass;
  for (int i = 0; i < 5; ++i) fused = fuse_classes(fused, kRatherPerson, 1);
  EXPECT_GT(fused[0], 0.95);
  EXPECT_NEAR(sum(fused), 1, 1e-12);
}

TEST(ClassBelief, IsMovedLessByFramesSoonAfterEachOther) {
  ClassProbabilities fused = fuse_classes(sensor::kUnknownClass, kRatherPerson, 1);
  const ClassProbabilities once = fuse_classes(fused, kRatherPerson, 1);
  for (int i = 0; i < 5; ++i) fused = fuse_classes(fused, kRatherPerson, 0.1);
  EXPECT_LT(fused[0], once[0]);
}

TEST(ClassBelief, TurnsWhenTheAnswersDo) {
  ClassProbabilities fused = sensor::kUnknownClass;
  for (int i = 0; i < 100; ++i) fused = fuse_classes(fused, kRatherPerson, 1);
  for (int i = 0; i < 10; ++i) fused = fuse_classes(fused, kVehicle, 1);
  EXPECT_EQ(sensor::likeliest(fused), sensor::MoverClass::vehicle);
}

}  // namespace
}  // namespace marsad::track
