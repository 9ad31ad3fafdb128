// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"
#include "terrain/geo_keys.h"
#include "terrain/ground_grid.h"
#include "terrain/viewshed.h"
#include "terrain/window.h"

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
  // A piece may hold so many nodes: 0.4 GB of heights.
  static constexpr std::size_t kMostNodes = 100'000'000;

  // Reads the piece that holds everything within `range_m` of the places. Plain GeoTIFFs are read
  // without GDAL (plain_map.h), everything else by it, with the same result. Errors: file missing
  // or unreadable, no coordinate system, not north up, a place not on the map, more than kMostNodes
  // nodes in the piece.
  static base::Result<GroundMap> read(const std::string& file, std::span<const MapPlace> places,
                                      double range_m);
  // The same by GDAL, whatever the file.
  static base::Result<GroundMap> read_by_gdal(const std::string& file,
                                              std::span<const MapPlace> places, double range_m);

  GroundGrid grid;  // with the steps of the first place's latitude
  std::vector<GridPoint> places;
  // Where the grid's cells lie: x = c0 + c1 column, y = c3 + c5 row, by their edges.
  std::array<double, 6> cells{};
  // The coordinate system: well-known text where GDAL read the map.
  std::variant<std::string, GeoKeys> system;
  // Of a geographic system: its ellipsoid. Projected ones leave it 0.
  double semi_major_m = 0;
  double flattening = 0;
  double metres_per_unit = 1;   // of a projected system
  double radians_per_unit = 1;  // of a geographic one

  // Lengths of a step along columns and rows at a row, as a plane has them.
  std::array<double, 2> steps_m(double row) const;
};

// The first half of reading: puts the places and the grid, still without heights, on a map whose
// `cells` and lengths are those of a whole raster of `columns` by `rows`. Returns the window of the
// raster's heights that the grid is to hold. `file` is named in errors.
base::Result<Window> place_grid(GroundMap& map, const std::string& file, int columns, int rows,
                                std::span<const MapPoint> places, double range_m);

// A rectangle of a map's cells.
struct MapPart {
  GroundGrid grid;
  int column = 0, row = 0;  // of its first cell
};

// What of a map lies within range of a point of it, with the steps of the point's latitude.
MapPart part_around(const GroundMap& map, GridPoint point, double range_m);

// Write a layer of the map's cells as a GeoTIFF: heights as float32 with NaN for nothing told,
// sight as bytes. What is told of it goes into the file's metadata. The file appears when it is
// whole. It is GDAL that writes layers of maps that GDAL read.
base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const HeightLayer& layer, const std::string& told);
base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const SightLayer& layer, const std::string& told);

}  // namespace marsad::terrain
