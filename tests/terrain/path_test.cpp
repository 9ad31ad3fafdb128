// SPDX-License-Identifier: Apache-2.0
#include "terrain/path.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/local_frame.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad::terrain {
namespace {

// The farthest that a path's places lie from the exact ray's.
double worst_m(double lat_deg, double azimuth_deg, double length_m) {
  const geo::Geodetic origin{geo::radians(lat_deg), geo::radians(41), 500};
  const Elevation ground = Elevation::from_grid(
      grown({origin.lat_rad, origin.lat_rad, origin.lon_rad, origin.lon_rad}, 2 * length_m), 2, 2,
      {0, 0, 0, 0});
  const geo::Enu direction = test::towards(azimuth_deg, -0.3);
  const double level = std::hypot(direction.east, direction.north);
  const Path path = ray_path(ground, origin, direction, length_m, kRefraction);
  const geo::LocalFrame frame(origin);
  double worst = 0;
  for (int i = 0; i <= 50; ++i) {
    const double t = i / 50.0, ground_m = t * length_m * level;
    geo::Geodetic exact = frame.to_geodetic((t * length_m) * direction);
    exact.height_m -= kRefraction * ground_m * ground_m / (2 * kEarthRadius_m);
    geo::Geodetic told = ground.place(path.point(t));
    told.height_m = path.height_m.at(t);
    worst = std::max(worst, geo::norm(geo::LocalFrame(exact).to_enu(told)));
  }
  return worst;
}

TEST(Path, IsTheExactRayToAMillimetreOverFiftyKilometres) {
  double farther = 0;
  for (const double lat_deg : {-34.0, 0.0, 34.0, 45.0}) {
    for (double azimuth_deg = 0; azimuth_deg < 360; azimuth_deg += 15) {
      EXPECT_LT(worst_m(lat_deg, azimuth_deg, 50'000), 1e-3) << lat_deg << ' ' << azimuth_deg;
      farther = std::max(farther, worst_m(lat_deg, azimuth_deg, 100'000));
    }
  }
  EXPECT_LT(farther, 0.015);
  RecordProperty("worst_mm_at_100_km", std::to_string(1000 * farther));
}

}  // namespace
}  // namespace marsad::terrain
