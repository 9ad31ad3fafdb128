// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"

namespace marsad::terrain {

// A rectangle of latitude and longitude.
struct Bounds {
  double south_rad = 0;
  double north_rad = 0;
  double west_rad = 0;
  double east_rad = 0;

  bool contains(geo::Geodetic place) const;
};

// The rectangle grown by this many metres on every side.
Bounds grown(Bounds bounds, double metres);

// The ground's height above mean sea level on a grid of latitude and longitude. Between nodes it
// is bilinear; a void or the outside is none, never zero. Immutable, so threads may share it.
class Elevation {
 public:
  // Reads the part of any GDAL raster, geographic or projected, that covers `bounds`. Errors: file
  // missing or unreadable, no coordinate system, nothing of `bounds` covered.
  static base::Result<Elevation> open(const std::string& file, Bounds bounds);

  // A grid made here: heights row by row from the north-west node; NaN is a void. The nodes span
  // `bounds` edge to edge.
  static Elevation from_grid(Bounds bounds, int columns, int rows, std::vector<float> heights_m);

  std::optional<double> height_m(double lat_rad, double lon_rad) const;
  Bounds bounds() const { return bounds_; }
  int columns() const { return columns_; }
  int rows() const { return rows_; }
  // Spacing of the nodes on the ground at the grid's middle, the larger of the two, metres.
  double spacing_m() const;
  // Share of nodes without a height, 0 to 1.
  double void_share() const;
  // Highest node; none where all are void.
  std::optional<double> highest_m() const;

  // Writes the grid as a GeoTIFF (WGS 84, float32, metres).
  base::Result<void> write_geotiff(const std::string& file) const;

 private:
  Elevation(Bounds bounds, int columns, int rows, std::vector<float> heights_m);

  Bounds bounds_;
  int columns_ = 0;
  int rows_ = 0;
  std::vector<float> heights_m_;
};

}  // namespace marsad::terrain
