// SPDX-License-Identifier: Apache-2.0
#include "geo/local_frame.h"

#include <GeographicLib/LocalCartesian.hpp>

namespace marsad::geo {

struct LocalFrame::Impl {
  GeographicLib::LocalCartesian cartesian;
};

LocalFrame::LocalFrame(Geodetic origin)
    : impl_(std::make_shared<const Impl>(Impl{GeographicLib::LocalCartesian(
          degrees(origin.lat_rad), degrees(origin.lon_rad), origin.height_m)})),
      origin_(origin) {}

Enu LocalFrame::to_enu(Geodetic place) const {
  Enu enu;
  impl_->cartesian.Forward(degrees(place.lat_rad), degrees(place.lon_rad), place.height_m, enu.east,
                           enu.north, enu.up);
  return enu;
}

Geodetic LocalFrame::to_geodetic(Enu position) const {
  double lat_deg = 0, lon_deg = 0, height_m = 0;
  impl_->cartesian.Reverse(position.east, position.north, position.up, lat_deg, lon_deg, height_m);
  return {radians(lat_deg), radians(lon_deg), height_m};
}

Geodetic LocalFrame::to_geodetic_at_height(double east, double north, double height_m) const {
  // Up moves a place's height almost one to one, so two corrections leave less than a millimetre.
  double up = 0;
  Geodetic place;
  for (int round = 0; round < 3; ++round) {
    place = to_geodetic({east, north, up});
    up += height_m - place.height_m;
  }
  place.height_m = height_m;
  return place;
}

}  // namespace marsad::geo
