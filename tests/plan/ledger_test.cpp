// SPDX-License-Identifier: Apache-2.0
#include "plan/ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace marsad::plan {
namespace {

constexpr std::size_t kColumns = 12;

Chances any_chances() {
  Chances chances;
  chances.first_column = *rc::gen::inRange<std::size_t>(0, kColumns);
  chances.of_column.resize(*rc::gen::inRange<std::size_t>(0, kColumns - chances.first_column + 1));
  for (auto& column : chances.of_column) {
    for (auto& levels : column) {
      for (float& level : levels) level = static_cast<float>(*rc::gen::inRange(0, 400)) / 100;
    }
  }
  return chances;
}

double any_availability() { return *rc::gen::inRange(0, 101) / 100.0; }

double worst_difference(const Ledger& a, const Ledger& b) {
  double worst = 0;
  for (std::size_t column = 0; column < kColumns; ++column) {
    for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
      worst = std::max(worst, std::abs(a.found(column, kind) - b.found(column, kind)));
    }
  }
  return worst;
}

TEST(Ledger, OfNobodyIsBlindEverywhere) {
  const Ledger ledger(kColumns);
  const auto stretches = blind_stretches(ledger, 0, 0.5);
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_EQ(stretches[0].columns, kColumns);
  EXPECT_EQ(stretches[0].least_found, 0);
}

TEST(Ledger, WeighsTheNightsContrastAndTheWatchersAvailability) {
  Ledger ledger(kColumns);
  Chances sees;
  sees.first_column = 3;
  sees.of_column.resize(1);
  sees.of_column[0][0] = {0.5F, 1, 2};
  ledger.add(sees, 0.8);
  ledger.add(sees, 1);
  double expected = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    const double miss = std::exp(-double{sees.of_column[0][0][level]});
    expected += kContrastLevels[level].weight * (1 - (0.2 + 0.8 * miss) * miss);
  }
  EXPECT_NEAR(ledger.found(3, 0), expected, 1e-12);
  EXPECT_EQ(ledger.found(3, 1), 0);
  EXPECT_EQ(ledger.found(2, 0), 0);
}

RC_GTEST_PROP(Ledger, NeverGetsBlinderByAnotherWatcher, ()) {
  Ledger ledger(kColumns);
  for (int i = 0; i < 3; ++i) ledger.add(any_chances(), any_availability());
  const Ledger before = ledger;
  ledger.add(any_chances(), any_availability());
  for (std::size_t column = 0; column < kColumns; ++column) {
    for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
      RC_ASSERT(ledger.found(column, kind) >= before.found(column, kind) - 1e-12);
      RC_ASSERT(ledger.found(column, kind) <= 1 + 1e-12);
    }
  }
}

RC_GTEST_PROP(Ledger, ChangedIsTheLedgerMadeAnew, ()) {
  std::vector<Chances> all(3);
  std::vector<double> availability(3);
  Ledger changed(kColumns);
  for (std::size_t i = 0; i < 3; ++i) {
    changed.add(any_chances(), any_availability());
    all[i] = any_chances();
    availability[i] = any_availability();
  }
  Ledger fresh(kColumns);
  for (std::size_t i = 0; i < 3; ++i) {
    changed.replace(i, all[i]);
    changed.set_availability(i, availability[i]);
    fresh.add(all[i], availability[i]);
  }
  RC_ASSERT(worst_difference(changed, fresh) < 1e-12);
}

RC_GTEST_PROP(Ledger, WithoutAWatcherIsAsIfItWereNotAvailable, ()) {
  const Chances one = any_chances(), other = any_chances();
  const double availability = any_availability();
  Ledger both(kColumns), alone(kColumns);
  both.add(one, availability);
  alone.add(one, availability);
  both.set_availability(both.add(other, 1), 0);
  RC_ASSERT(worst_difference(both, alone) < 1e-12);
}

TEST(BlindStretches, AreTheColumnsBelowWhatIsEnoughJoined) {
  Ledger ledger(8);
  Chances sees;
  sees.first_column = 2;
  sees.of_column.resize(2);
  for (auto& column : sees.of_column) column[0].fill(9);
  ledger.add(sees, 1);
  const auto stretches = blind_stretches(ledger, 0, 0.9);
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_EQ(stretches[0].first_column, 0U);
  EXPECT_EQ(stretches[0].columns, 2U);
  EXPECT_EQ(stretches[1].first_column, 4U);
  EXPECT_EQ(stretches[1].columns, 4U);
  EXPECT_EQ(blind_stretches(ledger, 1, 0.9).size(), 1U);
}

}  // namespace
}  // namespace marsad::plan
