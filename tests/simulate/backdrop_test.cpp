// SPDX-License-Identifier: Apache-2.0
#include "simulate/backdrop.h"

#include <gtest/gtest.h>

#include <cmath>

#include "geo/local_frame.h"
#include "simulate/painter.h"
#include "simulate/sight_profile.h"
#include "terrain/earthwork.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad::simulate {
namespace {

using geo::radians;
using test::at;

sensor::Camera tower(double elevation_deg) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = radians(24);
  camera.pose = {at(0, 0, 60), radians(20), radians(elevation_deg), 0};
  return camera;
}

TEST(SightProfile, AgreesWithTheTerrainOnWhereARayMeetsTheGround) {
  const terrain::Elevation ground = test::made_terrain(9000, 30, [](double e, double n) {
    return 12 * std::sin(e / 400) * std::cos(n / 550) + 10 * std::sin(n / 900);
  });
  const sensor::Camera camera = tower(-1.5);
  const SightProfile profile = look_around(ground, camera, 2);
  int hits = 0;
  for (int u = 5; u < 640; u += 37) {
    for (int v = 5; v < 512; v += 23) {
      const sensor::Pixel pixel{static_cast<double>(u), static_cast<double>(v)};
      const Sight line = sight(camera, pixel);
      const auto ours = profile.range_m(line.azimuth_rad, line.slope);
      const auto hit = terrain::ray_to_ground(
          ground, camera.pose.position,
          sensor::enu_from_camera(camera.pose, camera.model.ray(pixel)), 9000);
      if (!hit) continue;
      ++hits;
      ASSERT_TRUE(ours.has_value()) << u << ' ' << v;
      // A ray that only just passes a crest may meet it in one and miss it in the other.
      const Sight lower = sight(camera, {pixel.u, pixel.v + 0.5});
      const Sight upper = sight(camera, {pixel.u, pixel.v - 0.5});
      const auto nearest = profile.range_m(lower.azimuth_rad, lower.slope);
      const auto farthest = profile.range_m(upper.azimuth_rad, upper.slope);
      EXPECT_GE(hit->range_m, *nearest * 0.98 - 5) << u << ' ' << v;
      EXPECT_LE(hit->range_m, farthest.value_or(1e9) * 1.02 + 5) << u << ' ' << v;
    }
  }
  EXPECT_GT(hits, 150);
}

TEST(SightProfile, HidesWhatStandsBehindARidge) {
  // A ridge 10 m high 500 m to the north, seen from 5 m.
  const terrain::Elevation ground = test::made_terrain(
      3000, 10, [](double, double n) { return 10 * std::exp(-std::pow((n - 500) / 40, 2)); });
  const SightProfile profile(ground, at(0, 0, 5), radians(-1), radians(2), radians(0.1));
  EXPECT_NEAR(profile.hidden_below(0, 1000), 5.0 / 500, 2e-4);
  EXPECT_LT(profile.hidden_below(0, 300), 0);
  EXPECT_FALSE(profile.range_m(0, 0.02).has_value());
  EXPECT_NEAR(*profile.range_m(0, 0.005), 475, 15);
}

TEST(SightProfile, HidesWhatStandsBehindABermThinnerThanACell) {
  // 3 m high 500 m to the north, seen from 2 m; its crest 2 m wide, cells of 30 m.
  const terrain::Earthwork berm{
      terrain::EarthworkKind::berm, {at(-200, 500), at(200, 500)}, 3, 8, 2};
  const terrain::Elevation ground =
      test::made_terrain(3000, 30, [](double, double) { return 0; }).with({berm});
  const SightProfile profile(ground, at(0, 0, 2), radians(-1), radians(2), radians(0.1));
  EXPECT_NEAR(profile.hidden_below(0, 1000), 1.0 / 500, 1e-4);
  EXPECT_LT(profile.hidden_below(0, 480), 0);
  EXPECT_NEAR(*profile.range_m(0, 0.001), 500, 6);
}

TEST(SightProfile, SeesAllAroundFromABalloonThatLooksDown) {
  const terrain::Elevation ground = test::flat_terrain(5000);
  sensor::Camera camera = tower(-85);
  camera.pose.position = at(0, 0, 300);
  const SightProfile profile = look_around(ground, camera, 2);
  for (const double azimuth_deg : {-170.0, -90.0, 0.0, 90.0, 179.0, 350.0}) {
    const auto range = profile.range_m(radians(azimuth_deg), -3);
    ASSERT_TRUE(range.has_value());
    EXPECT_NEAR(*range, 100, 1);
  }
}

TEST(Offset, IsTheLocalFramesPlaceWithinAMetre) {
  const geo::LocalFrame frame(at(0, 0, 30));
  for (const auto& [east, north] :
       {std::pair{15'000.0, 2000.0}, {-300.0, 19'000.0}, {900.0, 0.0}}) {
    const geo::Enu back = frame.to_enu(offset(at(0, 0, 30), east, north));
    EXPECT_NEAR(back.east, east, 1);
    EXPECT_NEAR(back.north, north, 1);
  }
}

TEST(Painter, LeavesTheWarmthOfAPatchWhateverItsPlaceAndSize) {
  for (const double width : {0.3, 1.3, 5.0}) {
    for (const double at_px : {20.0, 20.37, 20.5}) {
      video::Image<float> picture(40, 40, 100);
      const Patch patch{at_px, at_px + width, at_px, at_px + 2, 160};
      paint(picture, std::span(&patch, 1));
      double warmth = 0;
      for (const float counts : picture.pixels()) warmth += counts - 100;
      EXPECT_NEAR(warmth, 60 * width * 2, 0.5) << width << " at " << at_px;
    }
  }
}

TEST(Painter, OverlappingPatchesAreNotWarmerThanTheWarmest) {
  video::Image<float> picture(40, 40, 100);
  const std::vector<Patch> patches(3, Patch{10, 30, 10, 30, 160});
  paint(picture, patches);
  EXPECT_NEAR(picture.at(20, 20), 160, 0.01);
}

TEST(Painter, CutsPatchesAtTheEdge) {
  video::Image<float> picture(10, 10, 100);
  const std::vector<Patch> patches = {{-5, 3, -5, 3, 160}, {50, 60, 50, 60, 160}};
  paint(picture, patches);
  EXPECT_NEAR(picture.at(0, 0), 160, 0.1);
  EXPECT_NEAR(picture.at(9, 9), 100, 0.1);
}

}  // namespace
}  // namespace marsad::simulate
