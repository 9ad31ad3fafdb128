// SPDX-License-Identifier: Apache-2.0
#include "track/mover_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "tests/track/dice.h"

namespace marsad::track {
namespace {

using test::Dice;

Box any_box(Dice& dice) {
  const double spread_m = dice.uniform() < 0.5 ? 800 : 20000;
  const double half_m = dice.uniform() < 0.1 ? 9000 : 300;
  return Box::around(dice.uniform(-spread_m, spread_m), dice.uniform(-spread_m, spread_m),
                     dice.uniform() * half_m, dice.uniform() * half_m);
}

RC_GTEST_PROP(MoverIndex, FindsEachMoverWhoseBoxTouchesOnceAndNoOther, ()) {
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  MoverIndex index;
  std::map<std::uint32_t, Box> placed;
  for (int step = 0; step < 1500; ++step) {
    const auto slot = static_cast<std::uint32_t>(dice.uniform() * 120);
    if (dice.uniform() < 0.25) {
      if (placed.erase(slot) == 1) index.remove(slot);
    } else {
      placed[slot] = any_box(dice);
      index.place(slot, placed[slot]);
    }
    if (step == 700) {
      index.clear();
      placed.clear();
    }
    if (step % 10 != 0) continue;
    const Box box = any_box(dice);
    std::vector<std::uint32_t> found;
    index.begin_find();
    index.find(box, found);
    const std::size_t first = found.size();
    index.find(box, found);  // those of the same round are not told again
    RC_ASSERT(found.size() == first);
    std::sort(found.begin(), found.end());
    RC_ASSERT(std::adjacent_find(found.begin(), found.end()) == found.end());
    for (const auto& [mover, where] : placed) {
      RC_ASSERT(std::binary_search(found.begin(), found.end(), mover) == where.overlaps(box));
    }
    for (const std::uint32_t mover : found) RC_ASSERT(placed.contains(mover));
  }
}

}  // namespace
}  // namespace marsad::track
