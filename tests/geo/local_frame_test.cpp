// SPDX-License-Identifier: Apache-2.0
#include "geo/local_frame.h"

#include <gtest/gtest.h>

#include <GeographicLib/LocalCartesian.hpp>
#include <algorithm>
#include <cmath>
#include <random>

namespace marsad::geo {
namespace {

const Geodetic kOrigin{radians(34), radians(41), 250};

TEST(LocalFrame, GoesThereAndBack) {
  const LocalFrame frame(kOrigin);
  for (const Enu position : {Enu{0, 0, 0}, Enu{12'000, -7'000, 35}, Enu{-90'000, 40'000, -500}}) {
    const Enu back = frame.to_enu(frame.to_geodetic(position));
    EXPECT_NEAR(norm(back - position), 0, 1e-6);
  }
}

TEST(LocalFrame, AgreesWithGeographicLibFromPoleToPole) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> lat_deg(-90, 90), lon_deg(-180, 180), height_m(-500, 9000),
      aside_m(-150'000, 150'000), up_m(-20'000, 20'000);
  double worst_m = 0, worst_back_m = 0;
  for (int i = 0; i < 20'000; ++i) {
    // Poles, equator and the date line among them.
    const double lat = i % 50 == 0 ? 90 : i % 50 == 1 ? 0 : i % 50 == 2 ? -90 : lat_deg(random);
    const double lon = i % 50 == 3 ? 180 : lon_deg(random);
    const Geodetic origin{radians(lat), radians(lon), height_m(random)};
    const GeographicLib::LocalCartesian oracle(lat, lon, origin.height_m);
    const LocalFrame frame(origin);
    const Enu position{aside_m(random), aside_m(random), up_m(random)};
    double oracle_lat = 0, oracle_lon = 0, oracle_m = 0;
    oracle.Reverse(position.east, position.north, position.up, oracle_lat, oracle_lon, oracle_m);
    const Geodetic told{radians(oracle_lat), radians(oracle_lon), oracle_m};
    worst_m = std::max(worst_m, norm(frame.to_enu(told) - position));
    const Geodetic place = frame.to_geodetic(position);
    Enu back;
    oracle.Forward(degrees(place.lat_rad), degrees(place.lon_rad), place.height_m, back.east,
                   back.north, back.up);
    worst_back_m = std::max(worst_back_m, norm(back - position));
  }
  EXPECT_LT(worst_m, 1e-8);
  EXPECT_LT(worst_back_m, 1e-8);
}

TEST(LocalFrame, RatesAreTheDifferencesOverAMetre) {
  const LocalFrame frame(kOrigin);
  const Enu direction{0.48, -0.6, 0.64};
  const Geodetic rates = frame.rates(direction);
  const Geodetic ahead = frame.to_geodetic(0.5 * direction);
  const Geodetic behind = frame.to_geodetic(-0.5 * direction);
  EXPECT_NEAR(rates.lat_rad, ahead.lat_rad - behind.lat_rad, 1e-15);
  EXPECT_NEAR(rates.lon_rad, ahead.lon_rad - behind.lon_rad, 1e-15);
  EXPECT_NEAR(rates.height_m, ahead.height_m - behind.height_m, 1e-8);
}

TEST(LocalFrame, HoldsDeepBelowAndHighAbove) {
  const LocalFrame frame(kOrigin);
  for (const double up_m : {-100'000.0, 1'000'000.0}) {
    const Geodetic place = frame.to_geodetic({0, 0, up_m});
    EXPECT_NEAR(place.height_m, kOrigin.height_m + up_m, 1e-7);
    EXPECT_NEAR(place.lat_rad, kOrigin.lat_rad, 1e-14);
  }
}

TEST(LocalFrame, LevelGround32KilometresAwayLies80MetresBelow) {
  const LocalFrame frame(kOrigin);
  const Geodetic away = frame.to_geodetic_at_height(32'000, 0, kOrigin.height_m);
  EXPECT_NEAR(frame.to_enu(away).up, -80, 0.5);
  EXPECT_NEAR(frame.to_enu(away).east, 32'000, 0.01);
}

TEST(Ellipse, TurnsACovarianceIntoAxesAndAzimuth) {
  const Ellipse north = ellipse({1, 0, 9});
  EXPECT_DOUBLE_EQ(north.major_m, 3);
  EXPECT_DOUBLE_EQ(north.minor_m, 1);
  EXPECT_DOUBLE_EQ(north.azimuth_rad, 0);
  EXPECT_NEAR(std::abs(ellipse({9, 0, 1}).azimuth_rad), radians(90), 1e-12);
  EXPECT_NEAR(ellipse({5, 4, 5}).azimuth_rad, radians(45), 1e-12);
}

}  // namespace
}  // namespace marsad::geo
