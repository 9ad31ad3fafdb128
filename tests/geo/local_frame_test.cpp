// SPDX-License-Identifier: Apache-2.0
#include "geo/local_frame.h"

#include <gtest/gtest.h>

#include <cmath>

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
