// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "terrain/earthwork_piece.h"
#include "terrain/exact_sight.h"
#include "terrain/viewshed_sector.h"

namespace marsad::terrain {

// How high above the natural ground something at this node must be to be seen over a raised piece:
// the line of sight must pass above its surface, on the bilinear ground, wherever it crosses the
// piece, exactly. Minus infinity where it passes beside, and where no ground is known.
double least_height_over_m(const GroundGrid& grid, const Eye& eye, const EarthworkPiece& piece,
                           int column, int row);

struct ShadowSettings {
  double range_m = 0;
  double wanted_m = 0;  // the height asked for, of sights
};

// Takes from a viewshed what raised pieces hide: cells in the wedge behind each, asked one by one
// where a bound on the piece's crest leaves it open. As heights, the larger of what the cell says
// and what the pieces say; as sights, hidden where they hide `wanted_m`. Cells of which nothing is
// told stay so. Dug pieces don't count.
void cast_shadows(const GroundGrid& grid, const Eye& eye, const std::vector<EarthworkPiece>& pieces,
                  const ShadowSettings& settings, std::vector<float>& least_m);
void cast_shadows(const GroundGrid& grid, const Eye& eye, const std::vector<EarthworkPiece>& pieces,
                  const ShadowSettings& settings, std::vector<Sight>& sight);

}  // namespace marsad::terrain
