// SPDX-License-Identifier: Apache-2.0
#include "border/control.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/border/entries.h"

namespace marsad::border {
namespace {

using testing::HasSubstr;

ControlEntry told(double from_km, double to_km, std::string_view holder, int since, int learnt) {
  ControlEntry entry;
  entry.from_m = from_km * 1000;
  entry.to_m = to_km * 1000;
  entry.holder = holder_of(holder);
  entry.since = day(since);
  entry.learnt = day(learnt);
  return entry;
}

std::string far_holder(const ControlRegister& control, double km, int at, int known) {
  return text_of(control.holder(km * 1000, Side::far, day(at), day(known)));
}

TEST(ControlRegister, SaysWhoHoldsAKilometreAsWasKnownThen) {
  ControlRegister control;
  ASSERT_TRUE(control.add(told(0, 200, "SDF", 1, 1)));
  // On day 8 we learn that the army took km 40 to 60 on day 3.
  ASSERT_TRUE(control.add(told(40, 60, "army", 3, 8)));
  EXPECT_EQ(far_holder(control, 50, 5, 8), "army");
  EXPECT_EQ(far_holder(control, 50, 5, 7), "SDF");  // as the night of day 5 had to judge it
  EXPECT_EQ(far_holder(control, 50, 2, 8), "SDF");
  EXPECT_EQ(far_holder(control, 39.999, 5, 8), "SDF");
  EXPECT_EQ(far_holder(control, 60, 5, 8), "SDF");
}

TEST(ControlRegister, SaysUnknownWhereNothingWasTold) {
  ControlRegister control;
  ASSERT_TRUE(control.add(told(10, 20, "nobody", 1, 1)));
  EXPECT_EQ(far_holder(control, 15, 0, 9), "unknown");
  EXPECT_EQ(far_holder(control, 15, 1, 0), "unknown");
  EXPECT_EQ(far_holder(control, 25, 1, 1), "unknown");
  EXPECT_EQ(far_holder(control, 15, 1, 1), "nobody");
  EXPECT_EQ(control.holder(15'000, Side::home, day(1), day(1)), Holder{});
  EXPECT_EQ(control.entry(25'000, Side::far, day(1), day(1)), nullptr);
}

TEST(ControlRegister, EndsWithItsTime) {
  ControlRegister control;
  ControlEntry entry = told(0, 10, "contested", 2, 2);
  entry.until = day(4);
  ASSERT_TRUE(control.add(entry));
  EXPECT_EQ(far_holder(control, 5, 3, 9), "contested");
  EXPECT_EQ(far_holder(control, 5, 4, 9), "unknown");
}

TEST(ControlRegister, TakesBackWhatWasWrongByTellingAnew) {
  ControlRegister control;
  ASSERT_TRUE(control.add(told(0, 10, "SDF", 1, 1)));
  ASSERT_TRUE(control.add(told(0, 10, "unknown", 1, 2)));
  EXPECT_EQ(far_holder(control, 5, 1, 2), "unknown");
  EXPECT_EQ(far_holder(control, 5, 1, 1), "SDF");
}

TEST(ControlRegister, RefusesWhatWouldChangeThePast) {
  ControlRegister control;
  ASSERT_TRUE(control.add(told(0, 10, "SDF", 1, 5)));
  const auto refused = control.add(told(0, 10, "army", 1, 4));
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error()), HasSubstr("what was known then would change"));
  EXPECT_EQ(control.entries().size(), 1U);
}

TEST(ControlRegister, RefusesWhatSaysNothing) {
  const auto refused = [](const ControlEntry& entry) {
    ControlRegister control;
    const auto added = control.add(entry);
    return added ? std::string() : to_string(added.error());
  };
  EXPECT_THAT(refused(told(10, 10, "SDF", 1, 1)), HasSubstr("from km 10 to km 10"));
  EXPECT_THAT(refused(told(-1, 10, "SDF", 1, 1)), HasSubstr("to_km: "));
  EXPECT_THAT(refused(told(0, std::nan(""), "SDF", 1, 1)), HasSubstr("on no line"));
  EXPECT_THAT(refused(told(0, 10, "", 1, 1)), HasSubstr("holder: found ''"));
  EXPECT_THAT(refused(told(0, 10, "a\nb", 1, 1)), HasSubstr("one line"));
  ControlEntry entry = told(0, 10, "SDF", 1, 1);
  entry.until = entry.since;
  EXPECT_THAT(refused(entry), HasSubstr("is not after since"));
  entry = told(0, 10, "SDF", 1, 1);
  entry.confidence = 1.5;
  EXPECT_THAT(refused(entry), HasSubstr("confidence: 1.5"));
}

TEST(ControlRegister, TellsASideInPieces) {
  ControlRegister control;
  ASSERT_TRUE(control.add(told(0, 100, "SDF", 1, 1)));
  ASSERT_TRUE(control.add(told(40, 60, "nobody", 1, 2)));
  const auto pieces = control.pieces(20'000, 120'000, Side::far, day(1), day(2));
  ASSERT_EQ(pieces.size(), 4U);
  EXPECT_EQ(pieces[0].entry->holder.name, "SDF");
  EXPECT_EQ(pieces[1].from_m, 40'000);
  EXPECT_EQ(pieces[1].entry->holder.holding, Holding::nobody);
  EXPECT_EQ(pieces[2].from_m, 60'000);
  EXPECT_EQ(pieces[3].entry, nullptr);
  EXPECT_EQ(pieces[3].to_m, 120'000);
}

RC_GTEST_PROP(ControlRegister, WhatWasKnownNeverChangesByLaterEntries, ()) {
  ControlRegister control = any_register(8);
  const int newest = *rc::gen::inRange(20, 25);
  const double s_m = *rc::gen::inRange(0, 15'000);
  const auto side = *rc::gen::element(Side::far, Side::home);
  const auto at = day(*rc::gen::inRange(0, 12)), known = day(*rc::gen::inRange(0, newest));
  const Holder before = control.holder(s_m, side, at, known);
  for (int i = 0; i < 5; ++i) {
    const auto added = control.add(*any_entry(newest + i));
    RC_ASSERT(added.has_value());
  }
  RC_ASSERT(control.holder(s_m, side, at, known) == before);
}

RC_GTEST_PROP(ControlRegister, PiecesCoverTheSideAndSayWhatEachOfTheirPlacesSays, ()) {
  const ControlRegister control = any_register(8);
  const auto at = day(*rc::gen::inRange(0, 12)), known = day(*rc::gen::inRange(0, 20));
  const auto pieces = control.pieces(1'000, 14'000, Side::far, at, known);
  double from_m = 1'000;
  for (const auto& piece : pieces) {
    RC_ASSERT(piece.from_m == from_m);
    RC_ASSERT(piece.to_m > piece.from_m);
    for (const double s_m : {piece.from_m, (piece.from_m + piece.to_m) / 2})
      RC_ASSERT(control.entry(s_m, Side::far, at, known) == piece.entry);
    from_m = piece.to_m;
  }
  RC_ASSERT(from_m == 14'000);
}

}  // namespace
}  // namespace marsad::border
