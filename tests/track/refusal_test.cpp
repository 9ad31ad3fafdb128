// SPDX-License-Identifier: Apache-2.0
#include "track/refusal.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::plane;
using test::plot;
using test::scan;

constexpr geo::CovEn kGood = {4, 0, 4};
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Refused, PlotsAreCountedByWhatIsWrong) {
  locate::Plot nowhere = plot(0, 0, kGood);
  nowhere.place.reset();
  locate::Plot nan_place = plot(0, 0, kGood);
  nan_place.place->lon_rad = kNan;
  locate::Plot off_earth = plot(0, 0, kGood);
  off_earth.place->lat_rad = 2;
  locate::Plot far_away = plot(0, 0, kGood);
  far_away.place->lon_rad += 1;
  locate::Plot odd_class = plot(0, 0, kGood);
  odd_class.classes[0] = kNan;
  Tracker tracker({}, plane());
  tracker.process(scan("T1", 0,
                       {nowhere, nan_place, plot(0, 0, {kNan, 0, 1}), off_earth, far_away,
                        plot(0, 0, {1, 2, 1}), odd_class}));
  EXPECT_TRUE(tracker.tracks().empty());
  const RefusedCounts& refused = tracker.refused();
  EXPECT_EQ(refused[Refusal::no_place], 1U);
  EXPECT_EQ(refused[Refusal::not_a_number], 2U);
  EXPECT_EQ(refused[Refusal::absurd_place], 2U);
  EXPECT_EQ(refused[Refusal::bad_covariance], 1U);
  EXPECT_EQ(refused[Refusal::bad_class], 1U);
}

TEST(Refused, ABiasAllAlongOneDirectionIsNone) {
  for (int i = 0; i < 100; ++i) {
    const double c = std::cos(0.1 * i), s = std::sin(0.1 * i);
    locate::Plot seen = plot(0, 0, kGood, {7.3 * c * c, 7.3 * c * s, 7.3 * s * s});
    EXPECT_FALSE(wrong_with(seen)) << i;
  }
}

TEST(Refused, RepeatedPlotsAndScansCountOnce) {
  Tracker tracker({}, plane());
  const locate::Plot seen = plot(10, 20, kGood);
  tracker.process(scan("T1", 0, {seen, seen, plot(50, 20, kGood)}));
  tracker.process(scan("T1", 0, {seen}));
  EXPECT_EQ(tracker.tracks().size(), 2U);
  EXPECT_EQ(tracker.refused()[Refusal::repeated_plot], 1U);
  EXPECT_EQ(tracker.refused()[Refusal::repeated_scan], 1U);
}

}  // namespace
}  // namespace marsad::track
