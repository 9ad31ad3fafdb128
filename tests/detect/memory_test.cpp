// SPDX-License-Identifier: Apache-2.0
#include "detect/memory.h"

#include <gtest/gtest.h>

namespace marsad::detect {
namespace {

std::vector<Piece> ghost_at(int x) {
  Piece piece;
  piece.component.box = {x, 40, 10, 6};
  piece.component.area_px = 60;
  piece.component.value = 2;
  piece.ghostly = true;
  return {piece};
}

TEST(Memory, AGhostIsVotedForWhereAThingWasTakenIntoTheBackground) {
  Memory memory;
  memory.expect_left({20, 40, 10, 6});
  for (int i = 0; i < 3; ++i) {
    std::vector<Piece> here = ghost_at(22);
    memory.recall(here, false);
    EXPECT_TRUE(here[0].may_be_left);
    EXPECT_EQ(here[0].ghost_votes, i + 1);
  }
}

TEST(Memory, NoGhostIsVotedForElsewhere) {
  Memory memory;
  memory.expect_left({20, 40, 10, 6});
  for (int i = 0; i < 3; ++i) {
    std::vector<Piece> elsewhere = ghost_at(80);
    memory.recall(elsewhere, false);
    EXPECT_FALSE(elsewhere[0].may_be_left);
    EXPECT_EQ(elsewhere[0].ghost_votes, 0);
  }
}

}  // namespace
}  // namespace marsad::detect
