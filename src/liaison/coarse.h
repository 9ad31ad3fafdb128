// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"

namespace marsad::liaison {

// A cell of a grid that lies fixed on the Earth: rows of equal latitude, each cut into cells about
// as wide as high, counted from where equator and meridian of Greenwich meet. It depends on the
// place alone, so that no number of questions about places of one cell tells them apart.
struct Cell {
  geo::Geodetic middle;  // at height 0
  double size_m = 0;
  bool operator==(const Cell&) const = default;
};

// The cell of `size_m` > 0 a place lies in. Nowhere farther from its middle than size_m / √2, to
// about a percent (rows are cut by the cosine at their middle, on a sphere).
Cell coarse(geo::Geodetic place, double size_m);

}  // namespace marsad::liaison
