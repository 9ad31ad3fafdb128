// SPDX-License-Identifier: Apache-2.0
#include "geo/local_frame.h"

#include <cmath>

namespace marsad::geo {
namespace {

// The ellipsoid of WGS 84.
constexpr double kEquator_m = 6'378'137;
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kPole_m = kEquator_m * (1 - kFlattening);
constexpr double kEccentricity2 = kFlattening * (2 - kFlattening);
constexpr double kSecondEccentricity2 = kEccentricity2 / (1 - kEccentricity2);

}  // namespace

LocalFrame::Ecef LocalFrame::ecef(double sin_lat, double cos_lat, double sin_lon, double cos_lon,
                                  double height_m) {
  const double normal_m = kEquator_m / std::sqrt(1 - kEccentricity2 * sin_lat * sin_lat);
  const double from_axis_m = (normal_m + height_m) * cos_lat;
  return {from_axis_m * cos_lon, from_axis_m * sin_lon,
          (normal_m * (1 - kEccentricity2) + height_m) * sin_lat};
}

LocalFrame::LocalFrame(Geodetic origin)
    : origin_(origin),
      sin_lat_(std::sin(origin.lat_rad)),
      cos_lat_(std::cos(origin.lat_rad)),
      sin_lon_(std::sin(origin.lon_rad)),
      cos_lon_(std::cos(origin.lon_rad)),
      centre_(ecef(sin_lat_, cos_lat_, sin_lon_, cos_lon_, origin.height_m)) {}

Enu LocalFrame::to_enu(Geodetic place) const {
  const Ecef there = ecef(std::sin(place.lat_rad), std::cos(place.lat_rad), std::sin(place.lon_rad),
                          std::cos(place.lon_rad), place.height_m);
  const double x = there.x - centre_.x, y = there.y - centre_.y, z = there.z - centre_.z;
  const double outward = cos_lon_ * x + sin_lon_ * y;  // from the axis, in the origin's meridian
  return {cos_lon_ * y - sin_lon_ * x, cos_lat_ * z - sin_lat_ * outward,
          cos_lat_ * outward + sin_lat_ * z};
}

// By the reduced latitude, improved twice [Bowring1976].
Geodetic LocalFrame::to_geodetic(Enu position) const {
  const double outward = cos_lat_ * position.up - sin_lat_ * position.north;
  const double x = centre_.x + cos_lon_ * outward - sin_lon_ * position.east;
  const double y = centre_.y + sin_lon_ * outward + cos_lon_ * position.east;
  const double z = centre_.z + sin_lat_ * position.up + cos_lat_ * position.north;
  const double from_axis_m = std::sqrt(x * x + y * y);
  // Along the axis and away from it, in the proportion of the sine and cosine of a latitude.
  double sine = z, cosine = from_axis_m * (1 - kFlattening);
  for (int round = 0; round < 2; ++round) {
    const double length = std::sqrt(sine * sine + cosine * cosine);
    const double sin_reduced = sine / length, cos_reduced = cosine / length;
    sine = z + kSecondEccentricity2 * kPole_m * sin_reduced * sin_reduced * sin_reduced;
    cosine = from_axis_m - kEccentricity2 * kEquator_m * cos_reduced * cos_reduced * cos_reduced;
    if (round == 0) sine *= 1 - kFlattening;  // back to the reduced latitude
  }
  const double length = std::sqrt(sine * sine + cosine * cosine);
  const double sin_lat = sine / length, cos_lat = cosine / length;
  const double height_m = from_axis_m * cos_lat + z * sin_lat -
                          kEquator_m * std::sqrt(1 - kEccentricity2 * sin_lat * sin_lat);
  return {std::atan2(sine, cosine), std::atan2(y, x), height_m};
}

// By the radii of curvature along the meridian and across it.
Geodetic LocalFrame::rates(Enu direction) const {
  const double w2 = 1 - kEccentricity2 * sin_lat_ * sin_lat_;
  const double across_m = kEquator_m / std::sqrt(w2);
  const double along_m = across_m * (1 - kEccentricity2) / w2;
  return {direction.north / (along_m + origin_.height_m),
          direction.east / ((across_m + origin_.height_m) * cos_lat_), direction.up};
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
