// SPDX-License-Identifier: Apache-2.0
#include "mask/ground_mask.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "mask/pixel_mask.h"
#include "terrain/ray.h"
#include "tests/mask/zones.h"
#include "tests/support/locate_scene.h"
#include "tests/support/real_ground.h"

namespace marsad::mask {
namespace {

using test::at;
using test::privacy_square;

constexpr GroundMaskSettings kExact{0, 0};

sensor::Camera camera(geo::Geodetic position, double azimuth_deg, double elevation_deg) {
  sensor::Camera out = test::camera_at(position, azimuth_deg, elevation_deg);
  out.model.width_px = 320;
  out.model.height_px = 256;
  return out;
}

terrain::Elevation hills(double half_width_m = 3000) {
  return test::made_terrain(half_width_m, 30, [](double east, double north) {
    return 15 * std::sin(east / 130) * std::cos(north / 170) + 4 * std::sin(north / 45);
  });
}

// Dice that fall the same everywhere.
class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_()) / static_cast<double>(random_.max());
  }

 private:
  std::mt19937_64 random_;
};

// Rays through any point of any pixel that meet the ground in the zone at an open one.
int open_rays(const PixelMask& mask, const sensor::Camera& truth, const terrain::Elevation& ground,
              const border::Zone& zone, Dice& dice, int& inside) {
  int open = 0;
  for (int y = 0; y < truth.model.height_px; y += 2) {
    for (int x = 0; x < truth.model.width_px; x += 3) {
      const sensor::Pixel pixel{x + dice.between(-0.5, 0.5), y + dice.between(-0.5, 0.5)};
      const auto hit = ray_to_ground(ground, truth.pose.position,
                                     enu_from_camera(truth.pose, truth.model.ray(pixel)), 20'000);
      if (!hit || !contains(zone, hit->place)) continue;
      ++inside;
      if (mask.empty() || mask.at(x, y) == 0) ++open;
    }
  }
  return open;
}

border::Zone any_zone(Dice& dice, double east_m, double north_m) {
  std::vector<std::pair<double, double>> corners;
  const int count = 3 + static_cast<int>(dice.between(0, 6));
  for (int i = 0; i < count; ++i) {
    const double way = 2 * std::numbers::pi * (i + dice.between(0, 0.9)) / count;
    const double radius_m = dice.between(2, 150);
    corners.emplace_back(east_m + radius_m * std::sin(way), north_m + radius_m * std::cos(way));
  }
  return test::privacy_zone(corners, dice.between(0, 8));
}

TEST(GroundMask, LeavesNoPixelOpenWhoseRayMeetsTheGroundInAZone) {
  Dice dice(7);
  int inside = 0;
  const auto flat = test::flat_terrain(3000);
  const auto hilly = hills();
  for (int trial = 0; trial < 60; ++trial) {
    const auto& ground = trial % 2 == 0 ? flat : hilly;
    const double azimuth = dice.between(0, 360), range_m = dice.between(60, 1500);
    sensor::Camera eye = camera(at(0, 0, 0), azimuth, dice.between(-8, 0));
    eye.pose.position.height_m =
        *ground.height_m(eye.pose.position.lat_rad, eye.pose.position.lon_rad) +
        dice.between(8, 40);
    eye.pose.roll_rad = geo::radians(dice.between(-10, 10));
    const double way = geo::radians(azimuth + dice.between(-6, 6));
    const border::Zone zone = any_zone(dice, range_m * std::sin(way), range_m * std::cos(way));
    const PixelMask mask = ground_mask(eye, ground, {zone}, kExact);
    EXPECT_EQ(open_rays(mask, eye, ground, zone, dice, inside), 0) << "trial " << trial;
  }
  EXPECT_GT(inside, 5000);
}

TEST(GroundMask, LeavesNoSuchPixelOpenBehindALensThatDistorts) {
  Dice dice(70);
  int inside = 0;
  const auto ground = hills();
  for (int trial = 0; trial < 30; ++trial) {
    sensor::Camera eye = camera(at(0, 0, 0), dice.between(0, 360), dice.between(-12, -3));
    eye.pose.position.height_m =
        *ground.height_m(eye.pose.position.lat_rad, eye.pose.position.lon_rad) + 25;
    eye.model.horizontal_fov_rad = geo::radians(50);
    eye.model.axis = sensor::Pixel{150, 140};
    const bool barrel = trial % 2 == 0;
    eye.model.distortion = {barrel ? -0.35 : 0.4, barrel ? 0.1 : 0.0, 0, 1e-3, -2e-3};
    ASSERT_TRUE(eye.model.is_one_to_one());
    const double way = eye.pose.azimuth_rad + dice.between(-0.4, 0.4);
    const double range_m = dice.between(40, 500);
    const border::Zone zone = any_zone(dice, range_m * std::sin(way), range_m * std::cos(way));
    const PixelMask mask = ground_mask(eye, ground, {zone}, kExact);
    EXPECT_EQ(open_rays(mask, eye, ground, zone, dice, inside), 0) << "trial " << trial;
  }
  EXPECT_GT(inside, 5000);
}

TEST(GroundMask, HoldsForAnyCameraWithinItsErrors) {
  Dice dice(8);
  int inside = 0;
  const auto ground = hills();
  const border::Zone zone = test::privacy_zone({{-60, 480}, {40, 500}, {50, 610}, {-20, 560}});
  sensor::Camera eye = camera(at(0, 0, 30), 0, -3);
  eye.sigma = {geo::radians(0.1), geo::radians(0.1), geo::radians(0.2), 3, 1};
  const GroundMaskSettings settings{2, 1};
  const PixelMask mask = ground_mask(eye, ground, {zone}, settings);
  for (int trial = 0; trial < 30; ++trial) {
    sensor::Camera truth = eye;
    const auto error = [&](double sigma) { return dice.between(-2, 2) * sigma; };
    truth.pose.azimuth_rad += error(eye.sigma.azimuth_rad);
    truth.pose.elevation_rad += error(eye.sigma.elevation_rad);
    truth.pose.roll_rad += error(eye.sigma.roll_rad);
    truth.pose.position = at(error(2), error(2), 30 + error(2));
    EXPECT_EQ(open_rays(mask, truth, ground, zone, dice, inside), 0) << "trial " << trial;
  }
  EXPECT_GT(inside, 5000);
}

TEST(GroundMask, HidesWhatStandsInAZoneUpToItsHeight) {
  Dice dice(9);
  const auto ground = hills();
  const border::Zone zone = test::privacy_zone({{-60, 480}, {40, 500}, {50, 610}, {-20, 560}}, 5);
  const sensor::Camera eye = camera(at(0, 0, 35), 0, -3);
  const PixelMask mask = ground_mask(eye, ground, {zone}, kExact);
  int seen = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    geo::Geodetic place = at(dice.between(-60, 50), dice.between(480, 610));
    if (!contains(zone, place)) continue;
    place.height_m = *ground.height_m(place.lat_rad, place.lon_rad) + dice.between(0, 5);
    const auto pixel = test::pixel_of(eye.model, eye.pose, place);
    if (!pixel || !line_of_sight(ground, eye.pose.position, place)) continue;
    ++seen;
    EXPECT_TRUE(covers(mask, *pixel)) << pixel->u << ", " << pixel->v;
  }
  EXPECT_GT(seen, 500);
}

TEST(GroundMask, IsNoWiderThanTheZoneAndItsMargin) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -3);
  const border::Zone zone = privacy_square(0, 600, 60, 4);
  const PixelMask mask = ground_mask(eye, ground, {zone}, kExact);
  // A little beyond each edge of the prism, by its projected corners.
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const double east : {-30.0, 30.0}) {
    for (const double north : {570.0, 630.0}) {
      for (const double height : {0.0, 4.0}) {
        const auto pixel = test::pixel_of(eye.model, eye.pose, at(east, north, height));
        left = std::min(left, pixel->u), right = std::max(right, pixel->u);
        top = std::min(top, pixel->v), bottom = std::max(bottom, pixel->v);
      }
    }
  }
  constexpr double kSlack_px = 5.5;
  for (int y = 0; y < mask.height(); ++y) {
    for (int x = 0; x < mask.width(); ++x) {
      if (mask.at(x, y) == 0) continue;
      EXPECT_TRUE(x > left - kSlack_px && x < right + kSlack_px) << x;
      EXPECT_TRUE(y > top - kSlack_px && y < bottom + kSlack_px) << y;
    }
  }
  EXPECT_GT(share(mask), 0.01);
}

TEST(GroundMask, ReachesHigherWithTheHeightOfWhatStandsThere) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -3);
  const auto roof = test::pixel_of(eye.model, eye.pose, at(0, 600, 11));
  EXPECT_TRUE(covers(ground_mask(eye, ground, {privacy_square(0, 600, 40, 12)}, kExact), *roof));
  EXPECT_FALSE(covers(ground_mask(eye, ground, {privacy_square(0, 600, 40, 2)}, kExact), *roof));
}

TEST(GroundMask, IsEmptyForAZoneBehindARidgeButNotForItsHighHouses) {
  const auto ground = test::made_terrain(
      3000, 20, [](double, double north) { return std::abs(north - 400) < 40 ? 20 : 0; });
  const sensor::Camera eye = camera(at(0, 0, 25), 0, -1);
  EXPECT_TRUE(ground_mask(eye, ground, {privacy_square(0, 600, 60, 4)}, kExact).empty());
  const PixelMask high = ground_mask(eye, ground, {privacy_square(0, 600, 60, 30)}, kExact);
  EXPECT_TRUE(covers(high, *test::pixel_of(eye.model, eye.pose, at(0, 600, 28))));
  EXPECT_FALSE(covers(high, *test::pixel_of(eye.model, eye.pose, at(0, 300, 0))));
}

TEST(GroundMask, IsEmptyForAZoneBehindTheCameraOrBesideTheFrame) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -3);
  EXPECT_TRUE(ground_mask(eye, ground, {privacy_square(0, -600, 100)}, kExact).empty());
  EXPECT_TRUE(ground_mask(eye, ground, {privacy_square(900, 600, 100)}, kExact).empty());
  EXPECT_TRUE(ground_mask(eye, ground, {}, kExact).empty());
  border::Zone village = privacy_square(0, 600, 100);
  village.kind = border::ZoneKind::village;
  EXPECT_TRUE(ground_mask(eye, ground, {village}, kExact).empty());
}

TEST(GroundMask, OfAZoneAroundTheCameraHidesAllGroundUpToItsEdge) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -6);
  const PixelMask mask = ground_mask(eye, ground, {privacy_square(0, 0, 800)}, kExact);
  for (const double north : {200.0, 300.0, 399.0}) {
    EXPECT_TRUE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(0, north, 0)))) << north;
  }
  EXPECT_FALSE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(0, 700, 0))));
}

TEST(GroundMask, OfAZoneThatTheCameraStandsInsideOfHidesEverything) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 3), 0, 0);
  EXPECT_EQ(share(ground_mask(eye, ground, {privacy_square(0, 0, 60, 4)}, kExact)), 1);
}

TEST(GroundMask, HidesBothOfTwoZones) {
  const auto ground = test::flat_terrain(3000);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -3);
  const PixelMask mask =
      ground_mask(eye, ground, {privacy_square(-30, 500, 20), privacy_square(40, 700, 20)}, kExact);
  EXPECT_TRUE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(-30, 500, 0))));
  EXPECT_TRUE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(40, 700, 0))));
  EXPECT_FALSE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(0, 600, 0))));
}

TEST(GroundMask, HidesAZoneWhoseGroundIsNotKnown) {
  const auto ground = test::flat_terrain(500);
  const sensor::Camera eye = camera(at(0, 0, 30), 0, -2);
  const PixelMask mask = ground_mask(eye, ground, {privacy_square(0, 900, 100)}, kExact);
  EXPECT_TRUE(covers(mask, *test::pixel_of(eye.model, eye.pose, at(0, 900, 0))));
}

TEST(GroundMask, OnRealHillsLeavesNothingOpen) {
  const auto ground = test::real_ground(test::kGolan);
  if (!ground) GTEST_SKIP();
  geo::Geodetic position = test::highest_in_the_middle(*ground);
  const geo::LocalFrame frame(position);
  position.height_m += 25;
  Dice dice(10);
  int inside = 0;
  for (int trial = 0; trial < 24; ++trial) {
    const double azimuth_deg = 15 * trial, range_m = dice.between(300, 4000);
    const sensor::Camera eye = camera(position, azimuth_deg, -4);
    border::Zone zone{"", border::ZoneKind::privacy, {}, 4, {}, {}};
    for (int corner = 0; corner < 5; ++corner) {
      const double way = geo::radians(72 * corner + dice.between(0, 50));
      const double radius_m = dice.between(30, 300);
      zone.ring.push_back(frame.to_geodetic(
          {range_m * std::sin(geo::radians(azimuth_deg)) + radius_m * std::sin(way),
           range_m * std::cos(geo::radians(azimuth_deg)) + radius_m * std::cos(way), 0}));
    }
    const PixelMask mask = ground_mask(eye, *ground, {zone}, kExact);
    EXPECT_EQ(open_rays(mask, eye, *ground, zone, dice, inside), 0) << "trial " << trial;
  }
  EXPECT_GT(inside, 1000);
}

}  // namespace
}  // namespace marsad::mask
