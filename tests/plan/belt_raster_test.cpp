// SPDX-License-Identifier: Apache-2.0
#include "plan/belt_raster.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

geo::Geodetic node(const BeltRaster& raster, int row, int column) {
  const terrain::Bounds& box = raster.bounds();
  return {box.north_rad - row * (box.north_rad - box.south_rad) / (raster.rows() - 1),
          box.west_rad + column * (box.east_rad - box.west_rad) / (raster.columns() - 1), 0};
}

TEST(BeltRaster, HasEachNodeInTheCellWhereItsChainageLies) {
  const auto ground = marsad::test::flat_terrain(8000);
  // A line that turns by 40 degrees in its middle.
  const auto line =
      *geo::BorderLine::make({test::at(0, 3000), test::at(0, 0), test::at(2500, -3000)}, true);
  const Belt belt(line, ground, {.far_m = 600, .home_m = 400, .along_m = 200, .across_m = 100});
  const BeltRaster raster(belt);
  std::set<std::uint32_t> held;
  for (int row = 0; row < raster.rows(); ++row) {
    for (int column = 0; column < raster.columns(); ++column) {
      const geo::Chainage is = line.chainage(node(raster, row, column));
      const std::uint32_t cell = raster.row(row)[static_cast<std::size_t>(column)];
      // Away from the bend and the ends, where rows and chainage agree.
      const bool plain =
          is.s_m > 300 && is.s_m < line.length_m() - 300 && std::abs(is.s_m - 3000) > 1200;
      if (cell == BeltRaster::kNone) {
        EXPECT_FALSE(plain && is.d_m > -590 && is.d_m < 390) << is.s_m << ' ' << is.d_m;
        continue;
      }
      held.insert(cell);
      if (!plain) continue;
      EXPECT_LE(std::abs(belt.s_m(belt.column_of(cell)) - is.s_m), 115);
      EXPECT_LE(std::abs(belt.d_m(belt.row_of(cell)) - is.d_m), 115);
    }
  }
  EXPECT_GT(held.size(), belt.cells() * 9 / 10);
}

TEST(BeltRaster, IsCoarserWhereItWouldHaveTooManyNodes) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const BeltRaster fine(belt), coarse(belt, 500);
  EXPECT_GT(fine.columns() * fine.rows(), 5000);
  EXPECT_LE(coarse.columns() * coarse.rows(), 600);
}

}  // namespace
}  // namespace marsad::plan
