// SPDX-License-Identifier: Apache-2.0
#include "incident/accounting.h"

#include <gtest/gtest.h>

#include <numeric>

namespace marsad::incident {
namespace {

base::Time at(double hours) { return base::Time{} + base::from_seconds(3600 * hours); }

Accounted seen(double hours, double km, std::optional<Outcome> outcome,
               std::vector<sensor::SensorId> sensors) {
  Accounted incident;
  incident.told = at(hours);
  incident.chainage_m = 1000 * km;
  incident.outcome = outcome;
  incident.sensors = std::move(sensors);
  return incident;
}

const sensor::SensorId kT1{"T1"}, kT2{"T2"}, kT3{"T3"};
const std::vector<base::Time> kTwoDays = {at(0), at(24), at(48)};

TEST(Accounting, CutsTheSameIncidentsUpByStretchAndDay) {
  const std::vector incidents = {seen(1, 3, Outcome::detained, {kT1}),
                                 seen(23.9, 12, Outcome::animal, {kT1}),
                                 seen(24, 12.5, std::nullopt, {kT2})};
  const Accounting account = account_for(incidents, 25'000, 10'000, kTwoDays);
  EXPECT_EQ(account.all.tally.incidents, 3);
  ASSERT_EQ(account.stretches.size(), 3U);
  EXPECT_EQ(account.stretches[0].tally.interdicted, 1);
  EXPECT_EQ(account.stretches[1].tally.false_alerts, 1);
  EXPECT_EQ(account.stretches[1].tally.unresolved, 1);
  EXPECT_EQ(account.stretches[2].tally.incidents, 0);
  ASSERT_EQ(account.days.size(), 2U);
  EXPECT_EQ(account.days[0].tally.incidents, 2);
  EXPECT_EQ(account.days[1].tally.incidents, 1);
}

TEST(Accounting, CountsWhatLiesBeyondTheLinesEndsWithTheLastStretch) {
  const std::vector incidents = {seen(1, -0.2, std::nullopt, {}), seen(1, 26, std::nullopt, {})};
  const Accounting account = account_for(incidents, 25'000, 10'000, kTwoDays);
  EXPECT_EQ(account.stretches.front().tally.incidents, 1);
  EXPECT_EQ(account.stretches.back().tally.incidents, 1);
}

TEST(Accounting, CountsWhatWasToldOutsideTheDaysInNone) {
  const std::vector incidents = {seen(-1, 3, std::nullopt, {}), seen(48, 3, std::nullopt, {})};
  const Accounting account = account_for(incidents, 25'000, 10'000, kTwoDays);
  EXPECT_EQ(account.days[0].tally.incidents + account.days[1].tally.incidents, 0);
}

TEST(Accounting, GivesEachSensorThePartThatAddsUpToTheIncidents) {
  const std::vector incidents = {seen(1, 3, Outcome::detained, {kT1, kT2, kT3}),
                                 seen(2, 3, Outcome::false_alarm, {kT1}),
                                 seen(3, 3, Outcome::turned_back, {kT2, kT3})};
  const Accounting account = account_for(incidents, 25'000, 10'000, kTwoDays);
  ASSERT_EQ(account.sensors.size(), 3U);
  const SensorRow& t1 = account.sensors[0];
  EXPECT_EQ(t1.sensor, kT1);
  EXPECT_EQ(t1.saw, 2U);
  EXPECT_EQ(t1.saw_alone, 1U);
  EXPECT_NEAR(t1.share.incidents, 1 + 1.0 / 3, 1e-12);
  EXPECT_NEAR(t1.share.false_alerts, 1, 1e-12);
  EXPECT_NEAR(t1.share.interdicted, 1.0 / 3, 1e-12);
  const double parts =
      std::accumulate(account.sensors.begin(), account.sensors.end(), 0.0,
                      [](double sum, const SensorRow& row) { return sum + row.share.incidents; });
  EXPECT_NEAR(parts, account.all.tally.incidents, 1e-12);
}

TEST(Accounting, TellsDelaysOfThoseItKnowsThemOf) {
  std::vector<Accounted> incidents;
  for (int i = 1; i <= 10; ++i) {
    incidents.push_back(seen(1, 3, std::nullopt, {}));
    incidents.back().acknowledged = at(1) + base::from_seconds(10 * i);
  }
  incidents.push_back(seen(1, 3, std::nullopt, {}));
  incidents[0].arrived = at(2);
  const Sums sums = account_for(incidents, 25'000, 10'000, kTwoDays).all;
  EXPECT_EQ(sums.to_acknowledge.count, 10U);
  EXPECT_EQ(sums.to_acknowledge.median_s, 50);
  EXPECT_EQ(sums.to_acknowledge.most_s, 90);
  EXPECT_EQ(sums.to_arrive.count, 1U);
  EXPECT_EQ(sums.to_arrive.median_s, 3600);
}

TEST(Accounting, PutsEachOutcomeInOneColumn) {
  std::vector<Accounted> incidents;
  for (std::size_t i = 0; i < words(Outcome{}).size(); ++i) {
    incidents.push_back(seen(1, 3, static_cast<Outcome>(i), {}));
  }
  const Tally tally = account_for(incidents, 25'000, 10'000, kTwoDays).all.tally;
  EXPECT_EQ(tally.unresolved, 0);
  EXPECT_EQ(tally.interdicted + tally.aided + tally.lost + tally.own_force + tally.false_alerts,
            tally.incidents);
}

}  // namespace
}  // namespace marsad::incident
