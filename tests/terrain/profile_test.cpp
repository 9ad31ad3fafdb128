// SPDX-License-Identifier: Apache-2.0
#include "terrain/profile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "geo/local_frame.h"
#include "tests/support/made_terrain.h"

namespace marsad::terrain {
namespace {

using test::at;
using test::made_terrain;

double hills_m(double east, double north) {
  return 40 * std::sin(east / 300) * std::cos(north / 400) + 0.02 * east;
}

std::vector<ProfilePiece> pieces_of(Profile profile) {
  std::vector<ProfilePiece> pieces;
  while (profile.next()) pieces.push_back(profile.piece());
  return pieces;
}

TEST(Profile, HasTheGroundsHeightsAboveABentLevelLine) {
  const Elevation ground = made_terrain(12'000, 90, hills_m);
  const geo::Geodetic eye = at(-3000, 1000, 120);
  const geo::LocalFrame frame(eye);
  for (const double azimuth_deg : {0.0, 33.0, 90.0, 171.0, 180.0, 270.0, 300.0}) {
    const geo::Enu ahead = test::towards(azimuth_deg, 0);
    const auto pieces = pieces_of({ground, eye, geo::radians(azimuth_deg), 500, 8000, kRefraction});
    ASSERT_GT(pieces.size(), 80U);
    EXPECT_NEAR(pieces.front().from_m, 500, 1e-6);
    EXPECT_NEAR(pieces.back().to_m, 8000, 1e-6);
    double end_m = 500;
    for (const ProfilePiece& piece : pieces) {
      EXPECT_NEAR(piece.from_m, end_m, 1e-6);
      end_m = piece.to_m;
      for (const double share : {0.01, 0.3, 0.8}) {
        const double x_m = piece.from_m + share * (piece.to_m - piece.from_m);
        const geo::Geodetic below = frame.to_geodetic(x_m * ahead);
        const double bent_m = kRefraction * x_m * x_m / (2 * kEarthRadius_m);
        EXPECT_NEAR(piece.above_m.at(x_m),
                    *ground.height_m(below.lat_rad, below.lon_rad) - below.height_m + bent_m, 0.02)
            << azimuth_deg << " degrees, " << x_m << " m";
      }
    }
  }
}

// Where the first place is that stands above a sight.
std::optional<double> first_above_m(Profile profile, double slope) {
  while (profile.next()) {
    const ProfilePiece& piece = profile.piece();
    for (int i = 0; i <= 20; ++i) {
      const double x_m = piece.from_m + i / 20.0 * (piece.to_m - piece.from_m);
      if (piece.above_m.at(x_m) >= slope * x_m) return x_m;
    }
  }
  return std::nullopt;
}

TEST(Profile, IsMetByASightWhereItsRayMeetsTheGround) {
  const Elevation ground = made_terrain(12'000, 90, hills_m);
  const geo::Geodetic eye = at(500, -700, 90);
  int met = 0;
  for (int i = 0; i < 60; ++i) {
    const double azimuth_deg = 6.1 * i, elevation_deg = -0.2 - 0.1 * i;
    const auto hit = ray_to_ground(ground, eye, test::towards(azimuth_deg, elevation_deg), 10'000);
    const auto first = first_above_m({ground, eye, geo::radians(azimuth_deg), 0, 10'000},
                                     std::tan(geo::radians(elevation_deg)));
    ASSERT_EQ(hit.has_value(), first.has_value()) << i;
    if (!hit) continue;
    ++met;
    EXPECT_NEAR(*first, hit->range_m, 6) << i;
  }
  EXPECT_GT(met, 50);
}

TEST(Profile, LeavesOutVoidsAndEndsWithTheMap) {
  const Elevation ground = made_terrain(3000, 100, [](double, double north) {
    return std::abs(north - 1000) < 150 ? std::numeric_limits<double>::quiet_NaN() : 5.0;
  });
  const auto pieces = pieces_of({ground, at(20, 0, 30), 0, 0, 20'000});
  double longest_gap_m = 0, end_m = 0;
  for (const ProfilePiece& piece : pieces) {
    longest_gap_m = std::max(longest_gap_m, piece.from_m - end_m);
    end_m = piece.to_m;
  }
  EXPECT_NEAR(longest_gap_m, 450, 160);
  EXPECT_NEAR(end_m, 3000, 30);
}

TEST(Profile, BeginsWhereAnEyeBesideTheMapLooksOntoIt) {
  const Elevation ground = test::flat_terrain(2000);
  const auto pieces = pieces_of({ground, at(0, -5000, 30), 0, 0, 20'000});
  ASSERT_FALSE(pieces.empty());
  EXPECT_NEAR(pieces.front().from_m, 3000, 30);
  EXPECT_TRUE(pieces_of({ground, at(0, -5000, 30), geo::radians(180), 0, 20'000}).empty());
}

}  // namespace
}  // namespace marsad::terrain
