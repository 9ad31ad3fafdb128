// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"

namespace marsad::geo {

// A flat metric frame tangent to the ellipsoid at its origin. Its "up" is the origin's, so level
// ground 32 km away lies 80 m below up = 0. Conversions are exact to a hundredth of a micrometre
// from 100 km below to 1000 km above the ellipsoid.
class LocalFrame {
 public:
  explicit LocalFrame(Geodetic origin);

  Enu to_enu(Geodetic place) const;
  Geodetic to_geodetic(Enu position) const;
  // The place at these plane coordinates whose height is as given.
  Geodetic to_geodetic_at_height(double east, double north, double height_m) const;
  // How latitude, longitude and height change at the origin along a direction, a metre.
  Geodetic rates(Enu direction) const;
  Geodetic origin() const { return origin_; }

 private:
  // Metres from the middle of the Earth, turning with it: x to longitude 0, z to the north pole.
  struct Ecef {
    double x = 0;
    double y = 0;
    double z = 0;
  };
  static Ecef ecef(double sin_lat, double cos_lat, double sin_lon, double cos_lon, double height_m);

  Geodetic origin_;
  double sin_lat_ = 0, cos_lat_ = 1;
  double sin_lon_ = 0, cos_lon_ = 1;
  Ecef centre_;
};

}  // namespace marsad::geo
