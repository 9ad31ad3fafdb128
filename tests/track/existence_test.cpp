// SPDX-License-Identifier: Apache-2.0
#include "track/existence.h"

#include <gtest/gtest.h>

namespace marsad::track {
namespace {

constexpr ExistenceSettings kSettings = {
    .mean_visible_s = 60, .mean_hidden_s = 10, .mean_life_s = 600};

TEST(Existence, OnlyFadesSlowlyWhileNobodyLooks) {
  Existence existence{.visible = 0.99};
  predict(existence, 10, kSettings);
  EXPECT_GT(existence.total(), 0.97);
  EXPECT_LT(existence.total(), 0.99);
  EXPECT_GT(existence.hidden, 0.05);
}

TEST(Existence, IsTheSameInOneStepOrMany) {
  Existence once{.visible = 0.9}, often{.visible = 0.9};
  predict(once, 8, kSettings);
  for (int i = 0; i < 80; ++i) predict(often, 0.1, kSettings);
  EXPECT_NEAR(once.visible, often.visible, 1e-12);
  EXPECT_NEAR(once.hidden, often.hidden, 1e-12);
}

TEST(Existence, FallsAtAMissByBayes) {
  Existence existence{.visible = 0.5};
  update(existence, 0.8, 0);
  EXPECT_NEAR(existence.total(), 0.1 / 0.6, 1e-12);
}

TEST(Existence, IsNotMovedByALookThatCouldNotSee) {
  Existence existence{.visible = 0.5, .hidden = 0.2};
  update(existence, 0, 0);
  EXPECT_DOUBLE_EQ(existence.total(), 0.7);
}

TEST(Existence, OfASureMoverOutlivesAFewMissesSinceItMayBeHidden) {
  Existence existence{.visible = 0.9999};
  for (int i = 0; i < 4; ++i) {
    predict(existence, 2, kSettings);
    update(existence, 0.8, 0);
  }
  EXPECT_GT(existence.total(), 0.8);
}

TEST(Existence, OfADoubtfulOneDoesNot) {
  Existence existence{.visible = 0.03};
  for (int i = 0; i < 4; ++i) {
    predict(existence, 2, kSettings);
    update(existence, 0.8, 0);
  }
  EXPECT_LT(existence.total(), 0.005);
}

TEST(Existence, StaysAProbabilityWhateverItIsTold) {
  Existence existence{.visible = 0.01};
  for (int i = 0; i < 1000; ++i) {
    update(existence, 0.99, 1);
    predict(existence, 1e6, kSettings);
    update(existence, 0.99, 0);
    EXPECT_GE(existence.visible, 0);
    EXPECT_GE(existence.hidden, 0);
    EXPECT_LT(existence.total(), 1);
  }
}

}  // namespace
}  // namespace marsad::track
