// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"
#include "terrain/ground_grid.h"
#include "terrain/viewshed.h"

namespace marsad::terrain {

// A place in a raster's own coordinates.
struct MapPoint {
  double x = 0;
  double y = 0;
};
using MapPlace = std::variant<MapPoint, geo::Geodetic>;

// A piece of an elevation raster in the raster's own coordinates, geographic or projected, and
// where it lies. Its rows run from north to south.
struct GroundMap {
  // Reads the piece that holds everything within `range_m` of the places. Errors: file missing or
  // unreadable, no coordinate system, not north up, a place not on the map, more than
  // Elevation::kMostNodes nodes in the piece.
  static base::Result<GroundMap> read(const std::string& file, std::span<const MapPlace> places,
                                      double range_m);

  GroundGrid grid;  // with the steps of the first place's latitude
  std::vector<GridPoint> places;
  // Where the grid's cells lie: x = c0 + c1 column, y = c3 + c5 row, by their edges.
  std::array<double, 6> cells{};
  std::string system;  // the coordinate system, as well-known text
  // Of a geographic system: its ellipsoid. Projected ones leave it 0.
  double semi_major_m = 0;
  double flattening = 0;
  double metres_per_unit = 1;   // of a projected system
  double radians_per_unit = 1;  // of a geographic one

  // Lengths of a step along columns and rows at a row, as a plane has them.
  std::array<double, 2> steps_m(double row) const;
};

// A rectangle of a map's cells.
struct MapPart {
  GroundGrid grid;
  int column = 0, row = 0;  // of its first cell
};

// What of a map lies within range of a point of it, with the steps of the point's latitude.
MapPart part_around(const GroundMap& map, GridPoint point, double range_m);

// Write a layer of the map's cells as a GeoTIFF: heights as float32 with NaN for nothing told,
// sight as bytes. What is told of it goes into the file's metadata. The file appears when it is
// whole.
base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const HeightLayer& layer, const std::string& told);
base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const SightLayer& layer, const std::string& told);

}  // namespace marsad::terrain
