// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"

namespace marsad::terrain {

class Earthworks;
struct Earthwork;

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

// Above what a file's heights are: what its coordinate system says, which is sea level where it
// says nothing of heights; mean sea level; or the ellipsoid of WGS 84, from which they are brought
// to mean sea level by the geoid EGM96.
enum class HeightsAbove { told_by_file, sea_level, ellipsoid };
constexpr std::array<std::string_view, 3> words(HeightsAbove) {
  return {"told_by_file", "sea_level", "ellipsoid"};
}

struct ElevationFile {
  std::string file;
  HeightsAbove heights = HeightsAbove::told_by_file;
};

// The ground's height above mean sea level on a grid of latitude and longitude. Between nodes it
// is bilinear; a void or the outside is none, never zero. Immutable, so threads may share it, and
// copies share the heights.
class Elevation {
 public:
  // More nodes than this are refused by what holds them all at once, as a viewshed does.
  static constexpr std::size_t kMostNodes = 100'000'000;
  // More nodes than this are refused by `open`: what is known of the tiles that are not held takes
  // 0.03 bytes a node.
  static constexpr double kMostOpened = 4e9;
  static constexpr std::size_t kDefaultCache_bytes = std::size_t{256} << 20;

  // Reads the part of any GDAL raster, geographic or projected, that covers `bounds`. A raster on
  // WGS 84 keeps its own nodes, which are the pixels' centres; any other is resampled bilinearly
  // at its own spacing. Errors: file missing or unreadable, no coordinate system, a unit of height
  // unknown, nothing of `bounds` covered, more than kMostOpened nodes.
  static base::Result<Elevation> open(const std::string& file, Bounds bounds);

  // Several rasters in order of preference, the finest first: nodes at the first one's spacing over
  // all of them, each with the height of the first that has one there; void where none has. Every
  // file is read once, so that a broken one is found here; then only so many bytes of tiles are
  // kept, and others are read again when they are asked for, the same to the bit. Beside them a
  // fifteenth of the nodes' bytes is taken, and little in a grid of more than 268 million nodes.
  static base::Result<Elevation> open(const std::vector<ElevationFile>& files, Bounds bounds,
                                      std::size_t cache_bytes = kDefaultCache_bytes);
  static base::Result<Elevation> open(const std::vector<std::string>& files, Bounds bounds);

  // A grid made here: heights row by row from the north-west node; NaN is a void. The nodes span
  // `bounds` edge to edge, at least 2 by 2.
  static Elevation from_grid(Bounds bounds, int columns, int rows, std::vector<float> heights_m);

  // The same ground with earthworks on it. They count in rays, lines of sight, horizons and
  // surface_m; all else tells the natural ground.
  Elevation with(const std::vector<Earthwork>& works) &&;
  // Null where it has none.
  const Earthworks* earthworks() const { return earthworks_.get(); }

  std::optional<double> height_m(double lat_rad, double lon_rad) const;
  // On what someone stands there: on the berm or wall, on the floor of the trench, on the ground.
  std::optional<double> surface_m(double lat_rad, double lon_rad) const;
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
  std::shared_ptr<const Earthworks> earthworks_;
};

}  // namespace marsad::terrain
