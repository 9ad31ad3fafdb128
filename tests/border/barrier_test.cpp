// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "border/border.h"
#include "tests/border/entries.h"

namespace marsad::border {
namespace {

BarrierChange change(BarrierCondition condition, int since, int learnt) {
  return {.from_m = 1000,
          .to_m = 1050,
          .condition = condition,
          .since = day(since),
          .learnt = day(learnt),
          .source = ""};
}

TEST(BarrierCondition, IsIntactUntilSomethingElseIsLearnt) {
  Barrier berm;
  EXPECT_EQ(condition(berm, 1010, day(5), day(5)), BarrierCondition::intact);
  berm.history = {change(BarrierCondition::breached, 2, 4)};
  EXPECT_EQ(condition(berm, 1010, day(3), day(3)), BarrierCondition::intact);  // not known yet
  EXPECT_EQ(condition(berm, 1010, day(3), day(4)), BarrierCondition::breached);
  EXPECT_EQ(condition(berm, 1010, day(1), day(4)), BarrierCondition::intact);
  EXPECT_EQ(condition(berm, 1050, day(3), day(4)), BarrierCondition::intact);  // elsewhere
}

TEST(BarrierCondition, FollowsItsHistory) {
  Barrier berm;
  berm.history = {change(BarrierCondition::breached, 2, 2),
                  change(BarrierCondition::repaired, 4, 4),
                  change(BarrierCondition::bridged, 6, 6)};
  EXPECT_FALSE(stands(berm, 1010, day(3), day(9)));
  EXPECT_TRUE(stands(berm, 1010, day(5), day(9)));
  EXPECT_FALSE(stands(berm, 1010, day(7), day(9)));
  EXPECT_TRUE(stands(berm, 1010, day(7), day(5)));
}

TEST(BarrierCondition, CountsWhatCameLaterOfWhatWasLearntAtOnceInAnyOrder) {
  Barrier berm;
  berm.history = {change(BarrierCondition::repaired, 4, 5),
                  change(BarrierCondition::breached, 2, 5)};
  EXPECT_EQ(condition(berm, 1010, day(3), day(5)), BarrierCondition::breached);
  EXPECT_EQ(condition(berm, 1010, day(4), day(5)), BarrierCondition::repaired);
}

TEST(Zone, HoldsFromSinceUntilUntil) {
  Zone zone;
  EXPECT_TRUE(holds(zone, day(0)));
  zone.since = day(2);
  zone.until = day(3);
  EXPECT_FALSE(holds(zone, day(1)));
  EXPECT_TRUE(holds(zone, day(2)));
  EXPECT_FALSE(holds(zone, day(3)));
}

}  // namespace
}  // namespace marsad::border
