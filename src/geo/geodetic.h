// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numbers>

namespace marsad::geo {

constexpr double radians(double degrees) { return degrees * (std::numbers::pi / 180); }
constexpr double degrees(double radians) { return radians * (180 / std::numbers::pi); }

// A place on WGS 84. The height is above mean sea level, and frames take it as ellipsoidal: that
// shifts all of one sight by the same height of the geoid. What is told above the ellipsoid is
// converted where it comes in (terrain::Geoid).
struct Geodetic {
  double lat_rad = 0;
  double lon_rad = 0;
  double height_m = 0;
  bool operator==(const Geodetic&) const = default;
};

// Metres east, north and up of a frame's origin; also directions, when of length 1.
struct Enu {
  double east = 0;
  double north = 0;
  double up = 0;
  bool operator==(const Enu&) const = default;
};

inline Enu operator+(Enu a, Enu b) { return {a.east + b.east, a.north + b.north, a.up + b.up}; }
inline Enu operator-(Enu a, Enu b) { return {a.east - b.east, a.north - b.north, a.up - b.up}; }
inline Enu operator*(double s, Enu a) { return {s * a.east, s * a.north, s * a.up}; }
inline double dot(Enu a, Enu b) { return a.east * b.east + a.north * b.north + a.up * b.up; }
double norm(Enu a);

// Covariance of a position in the plane, m².
struct CovEn {
  double ee = 0;
  double en = 0;
  double nn = 0;
  bool operator==(const CovEn&) const = default;
};

inline CovEn operator+(CovEn a, CovEn b) { return {a.ee + b.ee, a.en + b.en, a.nn + b.nn}; }

// The 1-sigma ellipse of a covariance: half axes in metres, and the azimuth (clockwise from
// north) of the longer one.
struct Ellipse {
  double major_m = 0;
  double minor_m = 0;
  double azimuth_rad = 0;
};
Ellipse ellipse(CovEn cov);

}  // namespace marsad::geo
