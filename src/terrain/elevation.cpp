// SPDX-License-Identifier: Apache-2.0
#include "terrain/elevation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "base/check.h"
#include "terrain/ground_reader.h"
#include "terrain/mosaic.h"
#include "terrain/raster_file.h"
#include "terrain/ray.h"

namespace marsad::terrain {
namespace {

std::optional<double> height_or_none(double height_m) {
  return std::isnan(height_m) ? std::nullopt : std::optional(height_m);
}

}  // namespace

bool Bounds::contains(geo::Geodetic place) const {
  return place.lat_rad >= south_rad && place.lat_rad <= north_rad && place.lon_rad >= west_rad &&
         place.lon_rad <= east_rad;
}

Bounds grown(Bounds bounds, double metres) {
  const double farthest_lat_rad = std::max(std::abs(bounds.south_rad), std::abs(bounds.north_rad));
  const double lat_rad = metres / kEarthRadius_m;
  const double lon_rad = lat_rad / std::cos(farthest_lat_rad);
  return {bounds.south_rad - lat_rad, bounds.north_rad + lat_rad, bounds.west_rad - lon_rad,
          bounds.east_rad + lon_rad};
}

base::Result<Elevation> Elevation::open(const std::string& file, Bounds bounds) {
  return open({ElevationFile{file}}, bounds);
}

base::Result<Elevation> Elevation::open(const std::vector<std::string>& files, Bounds bounds) {
  std::vector<ElevationFile> as_they_tell;
  for (const std::string& file : files) as_they_tell.push_back({file});
  return open(as_they_tell, bounds);
}

base::Result<Elevation> Elevation::open(const std::vector<ElevationFile>& files, Bounds bounds,
                                        std::size_t cache_bytes) {
  auto opened = Mosaic::open(files, bounds);
  if (!opened) return opened.error();
  const auto mosaic = std::make_shared<const Mosaic>(*std::move(opened));
  const NodeGrid& grid = mosaic->grid();
  auto tiles = std::make_shared<Tiles>(grid.columns, grid.rows, cache_bytes);
  const auto read = mosaic->put_all(*tiles);
  if (!read) return read.error();
  tiles->finish([mosaic](int column, int row) { return mosaic->make(column, row); });
  return Elevation(grid.bounds, std::move(tiles));
}

Elevation Elevation::from_grid(Bounds bounds, int columns, int rows, std::vector<float> heights_m) {
  CHECK(columns >= 2 && rows >= 2);
  CHECK(heights_m.size() == static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  const Patch all{0, 0, columns, rows, std::move(heights_m)};
  auto tiles = std::make_shared<Tiles>(columns, rows, std::numeric_limits<std::size_t>::max());
  for (int row = 0; row < tiles->tile_rows(); ++row) {
    for (int column = 0; column < tiles->tile_columns(); ++column) {
      Tile::Nodes nodes;
      nodes.fill(std::numeric_limits<float>::quiet_NaN());
      copy_nodes(all, column * Tile::kCells, row * Tile::kCells, nodes);
      tiles->put(column, row, nodes, Tile(nodes));
    }
  }
  tiles->finish(nullptr);
  return Elevation(bounds, std::move(tiles));
}

Elevation::Elevation(Bounds bounds, std::shared_ptr<const Tiles> tiles)
    : bounds_(bounds), columns_(tiles->columns()), rows_(tiles->rows()), tiles_(std::move(tiles)) {
  CHECK(bounds.south_rad < bounds.north_rad && bounds.west_rad < bounds.east_rad);
}

const Highest& Elevation::highest() const { return tiles_->highest(); }

std::optional<double> Elevation::highest_m() const { return height_or_none(tiles_->highest_m()); }

std::optional<double> Elevation::lowest_m() const { return height_or_none(tiles_->lowest_m()); }

double Elevation::void_share() const { return tiles_->void_share(); }

GridPoint Elevation::grid_point(double lat_rad, double lon_rad) const {
  return {(lon_rad - bounds_.west_rad) / (bounds_.east_rad - bounds_.west_rad) * (columns_ - 1),
          (bounds_.north_rad - lat_rad) / (bounds_.north_rad - bounds_.south_rad) * (rows_ - 1)};
}

geo::Geodetic Elevation::place(GridPoint point) const {
  return {bounds_.north_rad - point.row / (rows_ - 1) * (bounds_.north_rad - bounds_.south_rad),
          bounds_.west_rad + point.column / (columns_ - 1) * (bounds_.east_rad - bounds_.west_rad),
          0};
}

std::optional<double> Elevation::height_m(double lat_rad, double lon_rad) const {
  if (!bounds_.contains({lat_rad, lon_rad, 0})) return std::nullopt;
  const GridPoint point = grid_point(lat_rad, lon_rad);
  const int column = std::clamp(static_cast<int>(point.column), 0, columns_ - 2);
  const int row = std::clamp(static_cast<int>(point.row), 0, rows_ - 2);
  const double east = point.column - column;
  const double south = point.row - row;
  const double height = GroundReader(*this).corners(column, row).at(east, south);
  return height_or_none(height);
}

float Elevation::node_m(int column, int row) const {
  const int west = std::min(column, columns_ - 2), north = std::min(row, rows_ - 2);
  const Corners corners = GroundReader(*this).corners(west, north);
  const double northern = column == west ? corners.nw : corners.ne;
  const double southern = column == west ? corners.sw : corners.se;
  return static_cast<float>(row == north ? northern : southern);
}

double Elevation::spacing_m() const {
  const double middle_lat_rad = (bounds_.south_rad + bounds_.north_rad) / 2;
  const double lat_rad = (bounds_.north_rad - bounds_.south_rad) / (rows_ - 1);
  const double lon_rad = (bounds_.east_rad - bounds_.west_rad) / (columns_ - 1);
  return kEarthRadius_m * std::max(lat_rad, lon_rad * std::cos(middle_lat_rad));
}

base::Result<void> Elevation::write_geotiff(const std::string& file) const {
  const auto read_row = [this](std::size_t, int row, std::span<float> heights_m) {
    for (int column = 0; column < columns_; ++column) {
      heights_m[static_cast<std::size_t>(column)] = node_m(column, row);
    }
  };
  return write_raster(file, bounds_, columns_, rows_, {{"height"}, "m"}, read_row);
}

}  // namespace marsad::terrain
