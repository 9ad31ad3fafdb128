// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"

namespace marsad::terrain {

// A rectangle of latitude and longitude; its edges belong to it.
struct Bounds {
  double south_rad = 0;
  double north_rad = 0;
  double west_rad = 0;
  double east_rad = 0;

  bool contains(geo::Geodetic place) const;
};

// The rectangle grown by this many metres on every side.
Bounds grown(Bounds bounds, double metres);

class Highest;
class Tiles;

// A position among the nodes: columns from the west, rows from the north, nodes at whole numbers.
struct GridPoint {
  double column = 0;
  double row = 0;
};

// The ground's height above mean sea level on a grid of latitude and longitude. Between nodes it
// is bilinear; a void or the outside is none, never zero. Immutable, so threads may share it, and
// copies share the heights.
class Elevation {
 public:
  // More nodes than this are refused by `open` rather than thinned in silence.
  static constexpr std::size_t kMostNodes = 100'000'000;

  // Reads the part of any GDAL raster, geographic or projected, that covers `bounds`. A raster on
  // WGS 84 keeps its own nodes, which are the pixels' centres; any other is resampled bilinearly
  // at its own spacing. Errors: file missing or unreadable, no coordinate system, a unit of height
  // unknown, nothing of `bounds` covered, more than kMostNodes.
  static base::Result<Elevation> open(const std::string& file, Bounds bounds);

  // Several rasters in order of preference, the finest first: nodes at the first one's spacing over
  // all of them, each with the height of the first that has one there; void where none has. At
  // most kMostNodes, so 0.5 GB, and while it reads as much again for each file.
  static base::Result<Elevation> open(const std::vector<std::string>& files, Bounds bounds);

  // A grid made here: heights row by row from the north-west node; NaN is a void. The nodes span
  // `bounds` edge to edge, at least 2 by 2.
  static Elevation from_grid(Bounds bounds, int columns, int rows, std::vector<float> heights_m);

  std::optional<double> height_m(double lat_rad, double lon_rad) const;
  Bounds bounds() const { return bounds_; }
  int columns() const { return columns_; }
  int rows() const { return rows_; }
  // Spacing of the nodes on the ground at the grid's middle, the larger of the two, metres.
  double spacing_m() const;
  // Share of nodes without a height, 0 to 1.
  double void_share() const;
  // Highest and lowest node; none where all are void.
  std::optional<double> highest_m() const;
  std::optional<double> lowest_m() const;

  // The height at a node, NaN where it is void. Whoever reads many uses a GroundReader.
  float node_m(int column, int row) const;
  GridPoint grid_point(double lat_rad, double lon_rad) const;
  // The place of a grid point, at height 0.
  geo::Geodetic place(GridPoint point) const;

  // The highest nodes of blocks of cells, which let a ray pass over them at once.
  const Highest& highest() const;
  const Tiles& tiles() const { return *tiles_; }

  // Writes the grid as a GeoTIFF (WGS 84, float32, metres); `open` reads the same heights back.
  base::Result<void> write_geotiff(const std::string& file) const;

 private:
  Elevation(Bounds bounds, std::shared_ptr<const Tiles> tiles);

  Bounds bounds_;
  int columns_ = 0;
  int rows_ = 0;
  std::shared_ptr<const Tiles> tiles_;
};

}  // namespace marsad::terrain
