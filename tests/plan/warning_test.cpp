// SPDX-License-Identifier: Apache-2.0
#include "plan/warning.h"

#include <gtest/gtest.h>

#include <numbers>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

using test::at;

constexpr std::size_t kPerson = 0;

TEST(Warning, IsTheTimeFromTheMedianSightToTheLine) {
  const Belt belt(test::straight_border(), marsad::test::flat_terrain(8000), {});
  const double walk_s = belt.row_m() / kCrossers[kPerson].speed_mps;
  // Seen only in the row 1000 m before the line, where half are found by its middle.
  std::vector<double> rates(belt.cells(), 0.0);
  const std::size_t column = 7, row = belt.line_row() - 11;
  rates[belt.index(column, row)] = 2 * std::numbers::ln2 / walk_s;
  EXPECT_NEAR(*warning_s(belt, rates, column, kPerson, Heading::inbound), 10.5 * walk_s, 1e-6);
  EXPECT_FALSE(warning_s(belt, rates, column, kPerson, Heading::outbound));
  EXPECT_FALSE(warning_s(belt, rates, column + 1, kPerson, Heading::inbound));
}

TEST(Arrival, IsThatOfTheFirstPatrol) {
  const std::vector<ResponsePost> posts{{at(0, 5000), 10}, {at(0, -2000), 2}};
  EXPECT_NEAR(*arrival_s(posts, at(0, 0)), 500, 0.1);
  EXPECT_NEAR(*arrival_s(posts, at(0, -1900)), 50, 0.1);
  EXPECT_FALSE(arrival_s({}, at(0, 0)));
}

}  // namespace
}  // namespace marsad::plan
