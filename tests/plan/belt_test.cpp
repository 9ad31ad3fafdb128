// SPDX-License-Identifier: Apache-2.0
#include "plan/belt.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

using test::at;

TEST(Belt, LiesAlongTheLineFromItsFarEdgeToHome) {
  const auto line = test::straight_border();
  const Belt belt(line, marsad::test::flat_terrain(8000, 120),
                  {.far_m = 1000, .home_m = 2000, .along_m = 300, .across_m = 100});
  EXPECT_EQ(belt.columns(), 34U);
  EXPECT_EQ(belt.rows(), 30U);
  EXPECT_NEAR(belt.column_m(), line.length_m() / 34, 1e-9);
  for (std::size_t cell = 0; cell < belt.cells(); ++cell) {
    ASSERT_TRUE(belt.cell(cell));
    const geo::Chainage there = line.chainage(*belt.cell(cell));
    EXPECT_NEAR(there.s_m, belt.s_m(belt.column_of(cell)), 0.1);
    EXPECT_NEAR(there.d_m, belt.d_m(belt.row_of(cell)), 0.1);
    EXPECT_NEAR(belt.cell(cell)->height_m, 120, 1e-3);
  }
}

TEST(Belt, HasNoCellWhereTheGroundIsUnknown) {
  const Belt belt(test::straight_border(), marsad::test::flat_terrain(3000), {});
  EXPECT_FALSE(belt.cell(belt.index(0, 0)));
  EXPECT_TRUE(belt.cell(belt.index(belt.columns() / 2, belt.rows() / 2)));
}

RC_GTEST_PROP(Belt, HasCellsOnlyWhereTheirRowsSayHoweverTheLineBends, ()) {
  // A border that wanders south and turns by up to 80 degrees at each knee.
  std::vector<geo::Geodetic> vertices{at(0, 10'000)};
  double east_m = 0, north_m = 10'000;
  for (int i = 0; i < 6; ++i) {
    const double heading_rad = geo::radians(180 + *rc::gen::inRange(-40, 41));
    const double length_m = *rc::gen::inRange(500, 4000);
    east_m += length_m * std::sin(heading_rad);
    north_m += length_m * std::cos(heading_rad);
    vertices.push_back(at(east_m, north_m));
  }
  const auto line = *geo::BorderLine::make(vertices, *rc::gen::arbitrary<bool>());
  const Belt belt(line, marsad::test::flat_terrain(30'000), {});
  std::size_t cells = 0;
  for (std::size_t cell = 0; cell < belt.cells(); ++cell) {
    if (!belt.cell(cell)) continue;
    ++cells;
    const double nominal_m = belt.d_m(belt.row_of(cell));
    const double d_m = line.chainage(*belt.cell(cell)).d_m;
    RC_ASSERT(std::abs(d_m - nominal_m) <= belt.row_m() + 0.25 * std::abs(nominal_m) + 1e-6);
  }
  RC_ASSERT(cells > belt.cells() / 2);
}

}  // namespace
}  // namespace marsad::plan
