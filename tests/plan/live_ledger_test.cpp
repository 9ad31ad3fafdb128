// SPDX-License-Identifier: Apache-2.0
#include "plan/live_ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sensor/air.h"
#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

constexpr double kEnough = 0.8;
constexpr double kClearest_per_km = 0.1;

base::Time at(int second) { return base::Time{} + std::chrono::seconds(second); }

// Watchers of one column, of which some are down and all see less through the air than usual.
std::vector<WatcherNow> any_watchers() {
  std::vector<WatcherNow> watchers(*rc::gen::inRange<std::size_t>(0, 6));
  const float air = static_cast<float>(*rc::gen::inRange(30, 101)) / 100;
  for (WatcherNow& watcher : watchers) {
    watcher.up = *rc::gen::inRange(0, 3) == 0;  // so that most are dark
    watcher.usual.of_column.resize(1);
    for (float& level : watcher.usual.of_column[0][0]) {
      level = static_cast<float>(*rc::gen::inRange(0, 300)) / 100;
    }
    watcher.now = watcher.usual;
    for (float& level : watcher.now.of_column[0][0]) level *= air;
  }
  return watchers;
}

std::vector<WatcherNow> with(std::vector<WatcherNow> watchers,
                             const std::vector<std::size_t>& back) {
  for (const std::size_t one : back) {
    if (one != kAir) watchers[one].up = true;
    for (WatcherNow& watcher : watchers) {
      if (one == kAir) watcher.now = watcher.usual;
    }
  }
  return watchers;
}

bool is_dark(const std::vector<WatcherNow>& watchers) {
  Ledger ledger(1);
  for (const WatcherNow& watcher : watchers) ledger.add(watcher.now, watcher.up ? 1 : 0);
  return ledger.found(0, 0) < kEnough;
}

std::vector<std::size_t> missing_of(const std::vector<WatcherNow>& watchers) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < watchers.size(); ++i) {
    if (!watchers[i].up) missing.push_back(i);
  }
  missing.push_back(kAir);
  return missing;
}

RC_GTEST_PROP(WhyDark, IsToldOfWhatIsDarkAndOfNothingElse, ()) {
  const auto watchers = any_watchers();
  RC_ASSERT(why_dark(watchers, 0, 0, kEnough).has_value() == is_dark(watchers));
}

RC_GTEST_PROP(WhyDark, IsAlwaysWhereAllThatIsMissingWouldNotHelp, ()) {
  const auto watchers = any_watchers();
  const auto why = why_dark(watchers, 0, 0, kEnough);
  if (!why) return;
  RC_ASSERT(why->always == is_dark(with(watchers, missing_of(watchers))));
  RC_ASSERT(why->always == why->causes.empty());
}

RC_GTEST_PROP(WhyDark, NamesExactlyThoseWhoseReturnAloneIsEnough, ()) {
  const auto watchers = any_watchers();
  const auto why = why_dark(watchers, 0, 0, kEnough);
  if (!why) return;
  std::vector<std::size_t> alone;
  for (const std::size_t one : missing_of(watchers)) {
    if (!is_dark(with(watchers, {one}))) alone.push_back(one);
  }
  if (!alone.empty()) RC_ASSERT(why->causes == alone);
}

RC_GTEST_PROP(WhyDark, ElseNamesSomeThatAreEnoughTogetherAndNoneTooMany, ()) {
  const auto watchers = any_watchers();
  const auto why = why_dark(watchers, 0, 0, kEnough);
  if (!why || why->always || !is_dark(with(watchers, {why->causes.front()}))) return;
  RC_ASSERT(!is_dark(with(watchers, why->causes)));
  for (const std::size_t one : why->causes) {
    if (one != kAir) RC_ASSERT(!watchers[one].up);
    auto fewer = why->causes;
    std::erase(fewer, one);
    RC_ASSERT(is_dark(with(watchers, fewer)));
  }
}

// Two cameras, each of which sees the border in front of it and the other does not.
class LiveLedgerTest : public ::testing::Test {
 protected:
  static LiveLedger make() {
    const terrain::Elevation ground = marsad::test::flat_terrain(8000);
    Belt belt(test::straight_border(), ground,
              {.far_m = 500, .home_m = 500, .along_m = 500, .across_m = 100});
    std::vector<Watch> watches;
    for (const double north_m : {3000.0, -3000.0}) {
      Watcher watcher = test::tower(800, north_m, 0);
      watcher.sweep_rad = geo::radians(360);
      watches.emplace_back(belt, ground, watcher,
                           WatchSettings{.extinction_per_km = kClearest_per_km});
    }
    LiveLedger ledger(std::move(belt), std::move(watches), sensor::kClearAir_per_km, kEnough);
    ledger.settle(at(0));
    return ledger;
  }

  LiveLedger ledger_ = make();
};

TEST_F(LiveLedgerTest, TellsSinceWhenAStretchIsDarkAndForWantOfWhom) {
  const auto before = ledger_.dark(0);
  ledger_.set_up(1, false);
  ledger_.settle(at(70));
  ledger_.set_up(0, true);
  ledger_.settle(at(90));  // nothing new: the darkness keeps its beginning
  std::vector<DarkStretch> fresh;
  for (const DarkStretch& stretch : ledger_.dark(0)) {
    if (stretch.since) fresh.push_back(stretch);
  }
  ASSERT_EQ(fresh.size(), 1U);
  EXPECT_EQ(fresh[0].since, at(70));
  EXPECT_EQ(fresh[0].causes, std::vector<std::size_t>{1});
  // 8 km down the line, where the second camera stands.
  const double middle_km =
      ledger_.belt().column_m() / 1000 *
      (static_cast<double>(fresh[0].first_column) + static_cast<double>(fresh[0].columns) / 2);
  EXPECT_NEAR(middle_km, 8, 1.5);
  ledger_.set_up(1, true);
  ledger_.settle(at(100));
  EXPECT_EQ(ledger_.dark(0), before);
}

TEST_F(LiveLedgerTest, BlamesTheAirWhereItTakesWhatAllWouldSee) {
  const auto before = ledger_.dark(0);
  ledger_.set_air(*sensor::usual_extinction_per_km("fog"));
  ledger_.settle(at(50));
  const auto in_fog = ledger_.dark(0);
  bool blamed = false;
  for (const DarkStretch& stretch : in_fog) {
    if (!stretch.since) continue;
    EXPECT_EQ(stretch.since, at(50));
    EXPECT_EQ(stretch.causes, std::vector<std::size_t>{kAir});
    blamed = true;
  }
  EXPECT_TRUE(blamed);
  ledger_.set_air(sensor::kClearAir_per_km);
  ledger_.settle(at(60));
  EXPECT_EQ(ledger_.dark(0), before);
}

TEST_F(LiveLedgerTest, IsTheLedgerOfPlansWhenAllAreUpInUsualAir) {
  const terrain::Elevation ground = marsad::test::flat_terrain(8000);
  Ledger planned(ledger_.belt().columns());
  for (const double north_m : {3000.0, -3000.0}) {
    Watcher watcher = test::tower(800, north_m, 0);
    watcher.sweep_rad = geo::radians(360);
    planned.add(chances(ledger_.belt(), Watch(ledger_.belt(), ground, watcher, {})), 1);
  }
  for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
    for (std::size_t column = 0; column < planned.columns(); ++column) {
      EXPECT_NEAR(ledger_.found(column, kind), planned.found(column, kind), 1e-3);
    }
  }
  // So it stays while one is down.
  ledger_.set_up(0, false);
  for (std::size_t column = 0; column < planned.columns(); ++column) {
    EXPECT_NEAR(ledger_.planned().found(column, 0), planned.found(column, 0), 1e-3);
  }
}

}  // namespace
}  // namespace marsad::plan
