// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "geo/geodetic.h"

namespace marsad::geo {

// A flat metric frame tangent to the ellipsoid at its origin; conversions are exact. Its "up" is
// the origin's, so level ground 32 km away lies 80 m below up = 0. Copies share the origin.
class LocalFrame {
 public:
  explicit LocalFrame(Geodetic origin);

  Enu to_enu(Geodetic place) const;
  Geodetic to_geodetic(Enu position) const;
  // The place at these plane coordinates whose height is as given.
  Geodetic to_geodetic_at_height(double east, double north, double height_m) const;
  Geodetic origin() const { return origin_; }

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
  Geodetic origin_;
};

}  // namespace marsad::geo
