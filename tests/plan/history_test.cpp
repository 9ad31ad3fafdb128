// SPDX-License-Identifier: Apache-2.0
#include "plan/history.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace marsad::plan {
namespace {

constexpr double kLength_m = 4500;

base::Time at(double hours) { return base::Time{} + base::from_seconds(3600 * hours); }

// Evenings at 18:00, mornings at 6:00.
std::vector<Night> two_nights() {
  const std::chrono::year_month_day first = std::chrono::year(1970) / 1 / 1;
  const std::chrono::year_month_day second = std::chrono::year(1970) / 1 / 2;
  return {{first, at(18), at(30)}, {second, at(42), at(54)}};
}

double hours_of(const BlindHistory& history, std::size_t night, std::size_t km) {
  double sum = 0;
  for (const BlindHours& one : history.hours) {
    if (one.night == night && one.km == km) sum += one.hours;
  }
  return sum;
}

TEST(BlindHistory, CountsTheHoursOfEachNightByKilometreAndCause) {
  const std::vector<DarkSpell> spells = {
      {0, 0, 1000, 2500, at(16), at(20), "camera T7 frozen"},
      {1, 0, 1000, 2000, at(20), at(31), "camera T7 frozen, balloon B2 down"}};
  const std::vector<KeptSpan> kept = {{at(0), at(48)}};
  const auto history = blind_history(spells, kept, two_nights(), at(0), at(72), kLength_m);
  ASSERT_EQ(history.hours.size(), 3U);
  EXPECT_EQ(history.hours[0].km, 1U);
  EXPECT_EQ(history.hours[0].cause, "camera T7 frozen");
  EXPECT_NEAR(history.hours[0].hours, 2, 1e-9);
  EXPECT_EQ(history.hours[1].cause, "camera T7 frozen, balloon B2 down");
  EXPECT_NEAR(history.hours[1].hours, 10, 1e-9);
  EXPECT_EQ(history.hours[2].km, 2U);
  EXPECT_NEAR(history.hours[2].hours, 1, 1e-9);  // half of the kilometre for two hours
  EXPECT_NEAR(history.nights[0].blind_km_hours[0], 13, 1e-9);
  EXPECT_EQ(history.nights[0].unknown_hours, 0);
  EXPECT_EQ(history.nights[1].blind_km_hours[0], 0);
  EXPECT_NEAR(history.nights[1].unknown_hours, 6, 1e-9);
}

TEST(BlindHistory, CountsWhatStillLastsToTheEndAskedFor) {
  const std::vector<DarkSpell> spells = {{0, 2, 4000, 4500, at(19), std::nullopt, "T7"}};
  const std::vector<KeptSpan> kept = {{at(18), at(22)}, {at(20), at(24)}};
  const auto history = blind_history(spells, kept, two_nights(), at(20), at(24), kLength_m);
  ASSERT_EQ(history.hours.size(), 1U);
  EXPECT_EQ(history.hours[0].kind, 2U);
  // The last kilometre is half of one, and all of it was dark.
  EXPECT_NEAR(history.hours[0].hours, 4, 1e-9);
  EXPECT_NEAR(history.nights[0].hours, 4, 1e-9);
  EXPECT_NEAR(history.nights[0].unknown_hours, 0, 1e-9);
}

RC_GTEST_PROP(BlindHistory, IsWhatAskingMomentByMomentAndPlaceByPlaceGives, ()) {
  std::vector<DarkSpell> spells;
  const auto count = *rc::gen::inRange(0, 5);
  for (int i = 0; i < count; ++i) {
    const double from_m = 250.0 * *rc::gen::inRange(0, 18);
    const double since_h = *rc::gen::inRange(0, 60);
    DarkSpell spell;
    spell.from_m = from_m;
    spell.to_m = std::min(kLength_m, from_m + 250.0 * *rc::gen::inRange(1, 9));
    spell.since = at(since_h);
    if (*rc::gen::arbitrary<bool>()) spell.until = at(since_h + *rc::gen::inRange(1, 30));
    spells.push_back(spell);
  }
  const auto history = blind_history(spells, {}, two_nights(), at(0), at(60), kLength_m);
  for (std::size_t night = 0; night < 2; ++night) {
    for (std::size_t km = 0; km < 5; ++km) {
      const double km_m = std::min(1000.0, kLength_m - 1000.0 * static_cast<double>(km));
      double expected = 0;
      for (int hour = 0; hour < 60; ++hour) {
        const Night when = two_nights()[night];
        if (at(hour) < when.begin || at(hour) >= when.end) continue;
        for (int piece = 0; piece < 4; ++piece) {
          const double middle_m = 1000.0 * static_cast<double>(km) + 250 * piece + 125;
          for (const DarkSpell& spell : spells) {
            const bool there = spell.from_m < middle_m && middle_m < spell.to_m;
            const bool then = spell.since <= at(hour) && at(hour) < spell.until.value_or(at(60));
            if (there && then) expected += 250 / km_m;
          }
        }
      }
      RC_ASSERT(std::abs(hours_of(history, night, km) - expected) < 1e-9);
    }
    RC_ASSERT(std::abs(history.nights[night].unknown_hours - history.nights[night].hours) < 1e-9);
  }
}

}  // namespace
}  // namespace marsad::plan
