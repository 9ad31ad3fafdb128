// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "terrain/ground_reader.h"
#include "terrain/path.h"
#include "terrain/ray.h"

namespace marsad::terrain {

// A parabola about a start.
struct Parabola {
  double start = 0;
  double c0 = 0, c1 = 0, c2 = 0;

  double at(double x) const { return c0 + (x - start) * (c1 + (x - start) * c2); }
  double slope(double x) const { return c1 + 2 * c2 * (x - start); }
};

// The bilinear ground in one cell below a level line of sight.
struct ProfilePiece {
  double from_m = 0;  // along the line
  double to_m = 0;
  Parabola above_m;  // the ground's height above the line, by metres along it; mostly negative
};

// The ground straight ahead of an eye, from cell to cell, in a plane in which lines of sight are
// straight: the Earth's curvature and refraction are in the heights. The sight that leaves the eye
// with elevation e, raised by h, passes over x metres at h + x tan(e). Ground z metres above or
// below the eye's level appears in its true direction to the share z / (Earth's radius) of its
// slope: to 0.01 milliradians at 500 m and a slope of a tenth.
//
// All that asks for heights along a profile gets them here.
class Profile {
 public:
  // From `from_m` to `to_m` along the line. The azimuth is clockwise from north.
  Profile(const Elevation& elevation, geo::Geodetic eye, double azimuth_rad, double from_m,
          double to_m, double refraction = kRefraction);

  // The next cell that has a height in all its corners; false after the last one.
  bool next();
  const ProfilePiece& piece() const { return piece_; }

 private:
  // Where the line is among the nodes.
  struct Stand {
    double along_m = 0;
    GridPoint point;
  };
  Stand stand_at(double along_m) const;
  void begin_leg(double from_m);
  bool enter_cell(const Stand& from, const Stand& to);

  const Elevation& elevation_;
  GroundReader ground_;
  Path line_;
  double to_m_;
  ProfilePiece piece_;
  // A leg is so short that the line is straight among the nodes.
  Stand leg_from_;
  Stand leg_to_;
  double share_ = 0;  // of the leg that was walked
  int column_ = 0;    // of the cell ahead
  int row_ = 0;
  double at_column_ = 0;  // shares of the leg after which it crosses the next column and row
  double at_row_ = 0;
};

}  // namespace marsad::terrain
