// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string_view>

#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "tests/support/real_data.h"

namespace marsad::test {

// 22 by 25 km of hills on a projected grid of 30 m, and hills and the Dead Sea by 90 m.
inline constexpr std::string_view kGolan = "geo/golan_srtm1_30m_utm36.tif";
inline constexpr std::string_view kJordan = "geo/jordan_n31e035_srtm3v2_90m.tif";

// All of a raster of the real data; null where it is missing.
inline std::shared_ptr<const terrain::Elevation> real_ground(std::string_view relative) {
  const auto file = real_data(relative);
  if (!file) return nullptr;
  const terrain::Bounds everywhere{geo::radians(-89), geo::radians(89), geo::radians(-179),
                                   geo::radians(179)};
  auto ground = terrain::Elevation::open(file->string(), everywhere);
  if (ground) return std::make_shared<const terrain::Elevation>(*std::move(ground));
  ADD_FAILURE() << base::to_string(ground.error());
  return nullptr;
}

// The highest node of the middle ninth of a grid: where one would put a tower.
inline geo::Geodetic highest_in_the_middle(const terrain::Elevation& ground) {
  geo::Geodetic highest{0, 0, -1e9};
  for (int row = ground.rows() / 3; row < 2 * ground.rows() / 3; ++row) {
    for (int column = ground.columns() / 3; column < 2 * ground.columns() / 3; ++column) {
      const double height_m = double{ground.node_m(column, row)};
      if (!(height_m > highest.height_m)) continue;
      highest = ground.place({double(column), double(row)});
      highest.height_m = height_m;
    }
  }
  return highest;
}

}  // namespace marsad::test
