// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/result.h"
#include "terrain/earthwork.h"
#include "terrain/earthwork_piece.h"
#include "terrain/ground_map.h"

namespace marsad::terrain {

// The pieces of earthworks that lie on a map that GDAL read, in its grid's columns, rows and steps.
// Errors: a place that has no point in the map's coordinate system.
base::Result<std::vector<EarthworkPiece>> pieces_on(const GroundMap& map,
                                                    const std::vector<Earthwork>& works);

// The same on a part of the map.
std::vector<EarthworkPiece> pieces_on(const MapPart& part,
                                      const std::vector<EarthworkPiece>& pieces);

// Those of some pieces that touch the grid.
std::vector<EarthworkPiece> touching(const GroundGrid& grid, std::vector<EarthworkPiece> pieces);

}  // namespace marsad::terrain
