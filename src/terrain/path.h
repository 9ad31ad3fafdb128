// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "geo/geodetic.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

class EarthworkPiece;

// A polynomial of third degree.
struct Cubic {
  double c0 = 0, c1 = 0, c2 = 0, c3 = 0;

  double at(double t) const { return c0 + t * (c1 + t * (c2 + t * c3)); }
  double slope(double t) const { return c1 + t * (2 * c2 + t * 3 * c3); }
};

// A ray of light above a grid, by a parameter t from 0 to 1: where it is among the nodes and how
// high above sea level. Made by its exact start, direction, middle and end, which leaves less than
// a millimetre at 50 km (the rest is of fourth order, length⁴/R³), and costs a few multiplications
// a step.
struct Path {
  Cubic column;
  Cubic row;
  Cubic height_m;
  double length_m = 0;

  GridPoint point(double t) const { return {column.at(t), row.at(t)}; }
};

// The straight line from `origin` in `direction`, bent down by k r² / 2R.
Path ray_path(const Elevation& elevation, geo::Geodetic origin, geo::Enu direction, double length_m,
              double refraction);

// The bent ray that joins two places: the straight line raised by k r (D - r) / 2R.
Path joining_path(const Elevation& elevation, geo::Geodetic from, geo::Geodetic to,
                  double refraction);

struct Contact {
  double t = 0;
  bool out_of_unknown = false;  // came out of a void, the outside or its own start below ground
  const EarthworkPiece* piece = nullptr;  // what it met there, beside the natural ground
};

// Deeper than this below the ground where it is first told, a path did not get there over known
// ground, where it would have met it; it came out of the unknown.
inline constexpr double kEmerged_m = 0.05;

// The first root in [0, 1] of the parabola with these values at 0, 1/2 and 1; the first is not
// negative.
std::optional<double> first_descent(double start, double middle, double end);

// Where the path, raised by `lift_m`, first is below the natural ground.
std::optional<Contact> first_contact(const Elevation& elevation, const Path& path, double lift_m);

}  // namespace marsad::terrain
