// SPDX-License-Identifier: Apache-2.0
#include "track/gate.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace marsad::track {
namespace {

Box any_box() {
  // From a point to boxes so wide that the index sets them apart.
  const double half_e = *rc::gen::element(0, 10, 300, 4000, 200000);
  const double half_n = *rc::gen::element(0, 10, 300, 4000, 200000);
  return Box::around(*rc::gen::inRange(-6000, 6000), *rc::gen::inRange(-6000, 6000), half_e,
                     half_n);
}

RC_GTEST_PROP(BoxIndex, FindsJustTheBoxesThatOverlap, ()) {
  std::vector<Box> boxes;
  for (auto left = *rc::gen::inRange(0, 30); left > 0; --left) boxes.push_back(any_box());
  const Box around = any_box();
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].overlaps(around)) expected.push_back(i);
  }
  BoxIndex index;
  index.build(boxes);
  std::vector<std::uint32_t> found;
  index.find(around, found);
  RC_ASSERT(found == expected);
}

TEST(BoxIndex, ForgetsTheBoxesBefore) {
  BoxIndex index;
  index.build({Box::around(0, 0, 5, 5)});
  index.build({});
  std::vector<std::uint32_t> found = {7};
  index.find(Box::around(0, 0, 5, 5), found);
  EXPECT_TRUE(found.empty());
}

}  // namespace
}  // namespace marsad::track
