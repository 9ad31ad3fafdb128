// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>

#include "coverage/coverage.h"
#include "tests/support/made_terrain.h"
#include "tests/support/real_ground.h"

namespace marsad::coverage {
namespace {

using sensor::MoverClass;

sensor::Camera camera_at(geo::Geodetic position, double azimuth_deg, double elevation_deg,
                         double fov_deg) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(fov_deg);
  camera.pose = {position, geo::radians(azimuth_deg), geo::radians(elevation_deg), 0};
  return camera;
}

bool inside(const std::vector<geo::Geodetic>& ring, geo::Geodetic place) {
  bool in = false;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    const geo::Geodetic a = ring[i], b = ring[i + 1];
    if ((a.lat_rad > place.lat_rad) == (b.lat_rad > place.lat_rad)) continue;
    const double lon_rad =
        a.lon_rad + (place.lat_rad - a.lat_rad) / (b.lat_rad - a.lat_rad) * (b.lon_rad - a.lon_rad);
    if (place.lon_rad < lon_rad) in = !in;
  }
  return in;
}

std::size_t rings_around(const Footprint& footprint, geo::Geodetic place) {
  return static_cast<std::size_t>(
      std::count_if(footprint.rings.begin(), footprint.rings.end(),
                    [&](const auto& ring) { return inside(ring, place); }));
}

std::size_t corners(const Footprint& footprint) {
  return std::accumulate(footprint.rings.begin(), footprint.rings.end(), std::size_t{0},
                         [](std::size_t sum, const auto& ring) { return sum + ring.size(); });
}

// The share of places, evenly spread over the field of view, where the rings and the model agree.
double agreement(const sensor::Camera& camera, const terrain::Elevation& ground) {
  const Footprint seen = footprint(camera, ground);
  const geo::LocalFrame frame(camera.pose.position);
  const double reach_m = half_detection_range_m(camera, MoverClass::person);
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  int agree = 0, visible = 0;
  constexpr int kPlaces = 4000;
  for (int i = 0; i < kPlaces; ++i) {
    const double range_m = 1.1 * reach_m * std::sqrt(unit(random));
    const double azimuth =
        camera.pose.azimuth_rad + (unit(random) - 0.5) * 1.1 * camera.model.horizontal_fov_rad;
    const geo::Geodetic place =
        frame.to_geodetic({range_m * std::sin(azimuth), range_m * std::cos(azimuth), 0});
    const bool modelled = detection_probability(camera, ground, place, MoverClass::person) >= 0.5;
    const std::size_t rings = rings_around(seen, place);
    EXPECT_LE(rings, 1u);
    agree += (rings == 1) == modelled;
    visible += modelled;
  }
  std::cout << seen.rings.size() << " rings, " << corners(seen) << " corners, " << visible << " of "
            << kPlaces << " places in sight, agreement " << double{1} * agree / kPlaces << '\n';
  return double{1} * agree / kPlaces;
}

TEST(Footprint, OnLevelGroundIsOneRingFromTheNearEdgeOfTheFrameToTheRange) {
  const auto ground = test::flat_terrain(5000);
  const sensor::Camera camera = camera_at(test::at(0, 0, 30), 70, -3, 12);
  const Footprint seen = footprint(camera, ground);
  ASSERT_EQ(seen.rings.size(), 1u);
  EXPECT_EQ(seen.camera.text, "T1");
  EXPECT_EQ(seen.rings[0].front(), seen.rings[0].back());
  double nearest_m = 1e9, farthest_m = 0;
  for (const geo::Geodetic corner : seen.rings[0]) {
    const geo::Enu metres = test::kFrame.to_enu(corner);
    nearest_m = std::min(nearest_m, std::hypot(metres.east, metres.north));
    farthest_m = std::max(farthest_m, std::hypot(metres.east, metres.north));
  }
  EXPECT_NEAR(farthest_m, half_detection_range_m(camera, MoverClass::person), 70);
  const double lower_edge = geo::radians(3) + camera.model.vertical_fov_rad() / 2;
  EXPECT_NEAR(nearest_m, 29 / std::tan(lower_edge), 70);
  EXPECT_GT(agreement(camera, ground), 0.97);
}

TEST(Footprint, ReachesAsFarAsTheAirLets) {
  const auto ground = test::flat_terrain(5000);
  const sensor::Camera camera = camera_at(test::at(0, 0, 30), 70, -3, 12);
  const Conditions dust{.extinction_per_km = 2};
  const Footprint seen = footprint(camera, ground, dust);
  ASSERT_EQ(seen.rings.size(), 1u);
  double farthest_m = 0;
  for (const geo::Geodetic corner : seen.rings[0]) {
    const geo::Enu metres = test::kFrame.to_enu(corner);
    farthest_m = std::max(farthest_m, std::hypot(metres.east, metres.north));
  }
  EXPECT_NEAR(farthest_m, half_detection_range_m(camera, MoverClass::person, dust), 70);
}

TEST(Footprint, LeavesOutTheDeadGroundBehindARidge) {
  const auto ground = test::made_terrain(4000, 20, [](double east, double north) {
    return std::abs(north - 600) < 30 && std::abs(east) < 40 ? 12 : 0;
  });
  const sensor::Camera camera = camera_at(test::at(0, 0, 20), 0, -2, 20);
  const Footprint seen = footprint(camera, ground);
  EXPECT_EQ(rings_around(seen, test::at(0, 750)), 0u);
  EXPECT_EQ(rings_around(seen, test::at(0, 450)), 1u);
  EXPECT_EQ(rings_around(seen, test::at(100, 750)), 1u);
  EXPECT_GT(agreement(camera, ground), 0.97);
}

TEST(Footprint, IsEmptyForACameraThatLooksAtTheSky) {
  const auto ground = test::flat_terrain(5000);
  EXPECT_TRUE(footprint(camera_at(test::at(0, 0, 30), 0, 15, 12), ground).rings.empty());
}

TEST(Footprint, EndsWithTheMap) {
  const auto ground = test::flat_terrain(500);
  for (const auto& ring : footprint(camera_at(test::at(0, 0, 30), 0, -2, 12), ground).rings) {
    for (const geo::Geodetic corner : ring) {
      EXPECT_LT(std::abs(test::kFrame.to_enu(corner).north), 560);
    }
  }
}

TEST(Footprint, OfACameraThatLooksStraightDownSurroundsItsFoot) {
  const auto ground = test::made_terrain(1000, 20, [](double, double) { return 0; });
  const sensor::Camera camera = camera_at(test::at(0, 0, 300), 0, -90, 30);
  const Footprint seen = footprint(camera, ground);
  EXPECT_EQ(rings_around(seen, test::at(20, 10)), 1u);
  EXPECT_EQ(rings_around(seen, test::at(-30, 15)), 1u);
  EXPECT_EQ(rings_around(seen, test::at(0, 120)), 0u);
}

TEST(Footprint, AgreesWithTheModelOnRealHillsAndFitsOnAMap) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic position = test::highest_in_the_middle(*ground);
  position.height_m += 25;
  for (const double fov_deg : {6.0, 15.0, 45.0}) {
    for (const double azimuth_deg : {20.0, 140.0, 260.0}) {
      const sensor::Camera camera = camera_at(position, azimuth_deg, -3, fov_deg);
      EXPECT_GT(agreement(camera, *ground), 0.97);
      EXPECT_LT(corners(footprint(camera, *ground)), 3000u);
    }
  }
}

}  // namespace
}  // namespace marsad::coverage
