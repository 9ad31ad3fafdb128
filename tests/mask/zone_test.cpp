// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mask/zones.h"

namespace marsad::border {
namespace {

using test::at;

TEST(Zone, ContainsWhatLiesInItsRingWhateverTheHeight) {
  const Zone zone = test::privacy_square(100, 200, 50);
  EXPECT_TRUE(contains(zone, at(100, 200)));
  EXPECT_TRUE(contains(zone, at(124, 224, 900)));
  EXPECT_FALSE(contains(zone, at(126, 200)));
  EXPECT_FALSE(contains(zone, at(100, 174)));
}

TEST(Zone, ContainsItsEdgeAndCorners) {
  const Zone zone{"", ZoneKind::privacy, {{0, 0, 0}, {0, 2, 0}, {2, 2, 0}, {2, 0, 0}}, 4, {}, {}};
  EXPECT_TRUE(contains(zone, {0, 1, 0}));
  EXPECT_TRUE(contains(zone, {1, 2, 0}));
  EXPECT_TRUE(contains(zone, {2, 2, 0}));
  EXPECT_TRUE(contains(zone, {0, 0, 0}));
  EXPECT_FALSE(contains(zone, {0, 2.001, 0}));
}

TEST(Zone, LeavesOutTheBayOfAConcaveRing) {
  const Zone zone = test::privacy_zone(
      {{0, 0}, {90, 0}, {90, 90}, {60, 90}, {60, 30}, {30, 30}, {30, 90}, {0, 90}});
  EXPECT_TRUE(contains(zone, at(15, 80)));
  EXPECT_FALSE(contains(zone, at(45, 80)));
}

TEST(Zone, ContainsWhatARingWindsAroundTwice) {
  const Zone zone = test::privacy_zone(
      {{0, 0}, {90, 0}, {90, 90}, {30, 90}, {30, 30}, {120, 30}, {120, 120}, {0, 120}});
  EXPECT_TRUE(contains(zone, at(60, 60)));
}

TEST(Zone, OfAnotherKindIsNotPrivate) {
  Zone zone = test::privacy_square(0, 0, 50);
  EXPECT_TRUE(is_private({zone}, at(0, 0)));
  zone.kind = ZoneKind::village;
  EXPECT_FALSE(is_private({zone}, at(0, 0)));
  EXPECT_FALSE(is_private({}, at(0, 0)));
}

}  // namespace
}  // namespace marsad::border
