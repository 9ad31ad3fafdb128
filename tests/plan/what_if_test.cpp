// SPDX-License-Identifier: Apache-2.0
#include "plan/what_if.h"

#include <gtest/gtest.h>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

// Two turning cameras on level ground, 3 km up and down the line from its middle.
class WhatIfTest : public ::testing::Test {
 protected:
  static Watcher turning(double north_m) {
    Watcher watcher = test::tower(800, north_m, 0);
    watcher.sweep_rad = geo::radians(360);
    return watcher;
  }

  Chances chances_of(const Watcher& watcher) const {
    return chances(*belt_, Watch(*belt_, ground_, watcher, {}));
  }

  Ledger ledger_of(const std::vector<double>& norths_m) const {
    Ledger ledger(belt_->columns());
    for (const double north_m : norths_m) ledger.add(chances_of(turning(north_m)), 1);
    return ledger;
  }

  void expect_same(const Ledger& one, const Ledger& other) const {
    for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
      for (std::size_t column = 0; column < one.columns(); ++column) {
        EXPECT_NEAR(one.found(column, kind), other.found(column, kind), 1e-9);
      }
    }
  }

  const terrain::Elevation ground_ = marsad::test::flat_terrain(8000);
  const std::shared_ptr<const Belt> belt_ = std::make_shared<const Belt>(
      test::straight_border(), ground_,
      BeltSettings{.far_m = 500, .home_m = 500, .along_m = 500, .across_m = 100});
  const WhatIf what_if_{belt_, ledger_of({3000, -3000}), {}};
};

TEST_F(WhatIfTest, IsThePlanWithoutADroppedCamera) {
  expect_same(what_if_.changed(ground_, 0, std::nullopt), ledger_of({-3000}));
}

TEST_F(WhatIfTest, IsThePlanWithAnAddedCamera) {
  expect_same(what_if_.changed(ground_, std::nullopt, turning(0)), ledger_of({3000, -3000, 0}));
}

TEST_F(WhatIfTest, MovesACameraAndLeavesThePlanAsItWas) {
  expect_same(what_if_.changed(ground_, 1, turning(-1000)), ledger_of({3000, -1000}));
  expect_same(what_if_.changed(ground_, 1, turning(-3000)), what_if_.planned());
  expect_same(what_if_.planned(), ledger_of({3000, -3000}));
}

}  // namespace
}  // namespace marsad::plan
