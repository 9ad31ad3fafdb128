// SPDX-License-Identifier: Apache-2.0
#include "track/assignment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace marsad::track {
namespace {

double total(const std::vector<std::int32_t>& column_of, std::size_t columns,
             const std::vector<double>& cost) {
  double sum = 0;
  for (std::size_t row = 0; row < column_of.size(); ++row) {
    if (column_of[row] != kUnassigned) {
      sum += cost[row * columns + static_cast<std::size_t>(column_of[row])];
    }
  }
  return sum;
}

// The least total over every way to give rows to columns; for tables no wider than high.
double least_by_trying_all(std::size_t rows, std::size_t columns, const std::vector<double>& cost) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  double least = std::numeric_limits<double>::infinity();
  do {
    double sum = 0;
    for (std::size_t column = 0; column < columns; ++column) {
      sum += cost[order[column] * columns + column];
    }
    least = std::min(least, sum);
  } while (std::next_permutation(order.begin(), order.end()));
  return least;
}

RC_GTEST_PROP(Assignment, IsAsCheapAsTheBestOfAll, ()) {
  const auto columns = *rc::gen::inRange<std::size_t>(1, 7);
  const auto rows = *rc::gen::inRange<std::size_t>(columns, 7);
  // Small whole numbers make many ties.
  const auto draws = *rc::gen::container<std::vector<int>>(rows * columns, rc::gen::inRange(-9, 9));
  const std::vector<double> cost(draws.begin(), draws.end());
  const double least = least_by_trying_all(rows, columns, cost);
  RC_ASSERT(total(assign(rows, columns, cost), columns, cost) == least);

  std::vector<double> turned(cost.size());
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) turned[c * rows + r] = cost[r * columns + c];
  }
  RC_ASSERT(total(assign(columns, rows, turned), rows, turned) == least);
}

RC_GTEST_PROP(Assignment, GivesNoColumnTwiceAndLeavesNoneFreeThatCouldBeUsed, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(0, 12);
  const auto columns = *rc::gen::inRange<std::size_t>(0, 12);
  const auto draws =
      *rc::gen::container<std::vector<int>>(rows * columns, rc::gen::inRange(-99, 99));
  const std::vector<double> cost(draws.begin(), draws.end());
  auto column_of = assign(rows, columns, cost);
  RC_ASSERT(column_of.size() == rows);
  std::erase(column_of, kUnassigned);
  RC_ASSERT(column_of.size() == std::min(rows, columns));
  std::sort(column_of.begin(), column_of.end());
  RC_ASSERT(std::adjacent_find(column_of.begin(), column_of.end()) == column_of.end());
}

TEST(Assignment, OfNothingIsNothing) {
  EXPECT_TRUE(assign(0, 0, {}).empty());
  EXPECT_TRUE(assign(0, 3, {}).empty());
  EXPECT_EQ(assign(2, 0, {}), (std::vector<std::int32_t>{kUnassigned, kUnassigned}));
}

TEST(Assignment, GivesUpTheNearestForTheBestWhole) {
  const std::vector<double> cost = {1, 2,  //
                                    1, 9};
  EXPECT_EQ(assign(2, 2, cost), (std::vector<std::int32_t>{1, 0}));
}

}  // namespace
}  // namespace marsad::track
