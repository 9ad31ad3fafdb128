// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "geo/geodetic.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

// Earth curvature lowers distant ground, refraction gives part of it back: the drop at distance r
// is (1 - k) r² / 2R. The curvature itself is the ellipsoid's, exact; only the bending by
// refraction, k r² / 2R, uses this radius. k lies between -1 and 1; it is negative over hot ground
// by day [Young2006].
inline constexpr double kRefraction = 0.14286;
inline constexpr double kEarthRadius_m = 6'378'137;

// The ground with the elevation's earthworks, or as if it had none.
enum class Surface { with_earthworks, natural };

struct GroundHit {
  geo::Geodetic place;
  double range_m = 0;      // along the ground from the origin's foot
  double grazing_rad = 0;  // between the ray and the ground where it hits
};

// Where a ray from `origin` in `direction` (east, north, up at the origin; length 1) first meets
// the ground; none where it passes over everything within `max_range_m` or leaves the grid, where
// it starts below the ground, and where it meets the ground unseen in a void or outside the grid
// (it comes out of there below the ground). Accurate to a millimetre of the bilinear surface, with
// the elevation's earthworks to some.
std::optional<GroundHit> ray_to_ground(const Elevation& elevation, geo::Geodetic origin,
                                       geo::Enu direction, double max_range_m,
                                       double refraction = kRefraction,
                                       Surface surface = Surface::with_earthworks);

// Whether nothing of the ground and its earthworks stands between two places; their heights count
// as given, and ones on the ground to a centimetre are not hidden by it, deeper ones are. Unknown
// ground between them hides nothing.
bool line_of_sight(const Elevation& elevation, geo::Geodetic from, geo::Geodetic to,
                   double refraction = kRefraction);

// The direction (east, north, up at `from`; length 1) in which `to` appears, raised by refraction:
// a ray sent there passes through `to`. The two places must differ.
geo::Enu direction_to(geo::Geodetic from, geo::Geodetic to, double refraction = kRefraction);

}  // namespace marsad::terrain
