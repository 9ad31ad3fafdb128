// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "simulate/scenario.h"
#include "tests/support/made_terrain.h"

namespace marsad::simulate {
namespace {

constexpr double kSpacing_m = 60;

terrain::Bounds area() {
  terrain::Bounds bounds;
  bounds.south_rad = geo::radians(31.40);
  bounds.north_rad = geo::radians(31.526);
  bounds.west_rad = geo::radians(38.10);
  bounds.east_rad = geo::radians(38.331);
  return bounds;
}

// Heights at the nodes, row by row from the north-west.
std::vector<double> heights(const terrain::Elevation& ground) {
  const terrain::Bounds b = ground.bounds();
  std::vector<double> heights_m;
  for (int row = 0; row < ground.rows(); ++row) {
    for (int column = 0; column < ground.columns(); ++column) {
      const double south = static_cast<double>(row) / (ground.rows() - 1);
      const double east = static_cast<double>(column) / (ground.columns() - 1);
      const double lat =
          std::clamp(std::lerp(b.north_rad, b.south_rad, south), b.south_rad, b.north_rad);
      const double lon =
          std::clamp(std::lerp(b.west_rad, b.east_rad, east), b.west_rad, b.east_rad);
      heights_m.push_back(ground.height_m(lat, lon).value_or(NAN));
    }
  }
  return heights_m;
}

TEST(Desert, IsTheSameFromTheSameSeedAndAnotherFromAnother) {
  const auto once = heights(make_desert(area(), kSpacing_m, 5));
  EXPECT_EQ(once, heights(make_desert(area(), kSpacing_m, 5)));
  EXPECT_NE(once, heights(make_desert(area(), kSpacing_m, 6)));
}

TEST(Desert, HasNodesAsFarApartAsAskedAndNoVoids) {
  const terrain::Elevation ground = make_desert(area(), kSpacing_m, 1);
  EXPECT_NEAR(ground.spacing_m(), kSpacing_m, 1);
  EXPECT_EQ(ground.void_share(), 0);
  EXPECT_EQ(ground.bounds().north_rad, area().north_rad);
}

TEST(Desert, SpansAboutSixtyMetresWithGentleSlopes) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const terrain::Elevation ground = make_desert(area(), kSpacing_m, seed);
    const auto heights_m = heights(ground);
    const auto [low, high] = std::minmax_element(heights_m.begin(), heights_m.end());
    EXPECT_GT(*low, 244) << seed;
    EXPECT_LT(*high, 316) << seed;
    EXPECT_GT(*high - *low, 48) << seed;
    double steepest = 0;
    for (std::size_t i = 0; i + 1 < heights_m.size(); ++i) {
      if ((i + 1) % static_cast<std::size_t>(ground.columns()) == 0) continue;
      steepest = std::max(steepest, std::abs(heights_m[i + 1] - heights_m[i]) / kSpacing_m);
    }
    EXPECT_LT(steepest, 0.2) << seed;
  }
}

TEST(Desert, HasWadisDeepEnoughToHideIn) {
  const terrain::Elevation ground = make_desert(area(), 30, 1);
  const auto heights_m = heights(ground);
  const auto columns = static_cast<std::size_t>(ground.columns());
  int beds = 0;
  for (std::size_t i = 3; i + 3 < heights_m.size(); ++i) {
    if (i % columns < 3 || i % columns + 3 >= columns) continue;
    const double banks = std::min(heights_m[i - 3], heights_m[i + 3]);
    beds += banks - heights_m[i] > 2 ? 1 : 0;
  }
  // A few channels, each kilometres long, of the 30 m grid.
  EXPECT_GT(beds, 200);
  EXPECT_LT(beds, 10'000);
}

TEST(Desert, CarriesBermsAndDitches) {
  const terrain::Bounds b = area();
  const double lat = (b.south_rad + b.north_rad) / 2;
  const auto along = [&](double share) { return std::lerp(b.west_rad, b.east_rad, share); };
  Earthwork berm{{{lat, along(0.3), 0}, {lat, along(0.5), 0}}, 4, 12};
  Earthwork ditch{{{lat, along(0.6), 0}, {lat, along(0.8), 0}}, -3, 12};
  const terrain::Elevation plain = make_desert(b, 30, 1);
  const terrain::Elevation works = make_desert(b, 30, 1, {berm, ditch});
  const auto change_m = [&](double share, double north_m) {
    const double at = lat + north_m / 6'371'000;
    return *works.height_m(at, along(share)) - *plain.height_m(at, along(share));
  };
  for (double share = 0.31; share < 0.49; share += 0.003) {
    EXPECT_GT(change_m(share, 0), 2.0);
    EXPECT_LE(change_m(share, 0), 4.001);
    EXPECT_NEAR(change_m(share, 90), 0, 1e-9);
  }
  EXPECT_LT(change_m(0.7, 0), -1.5);
  EXPECT_NEAR(change_m(0.9, 0), 0, 1e-9);
}

TEST(DesertDeath, RefusesAnEmptyArea) {
  EXPECT_DEATH(make_desert({}, 30, 1), "north_rad");
  EXPECT_DEATH(make_desert(area(), 0, 1), "spacing_m");
}

}  // namespace
}  // namespace marsad::simulate
