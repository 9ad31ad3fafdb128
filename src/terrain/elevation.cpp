// SPDX-License-Identifier: Apache-2.0
#include "terrain/elevation.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "terrain/raster_file.h"
#include "terrain/ray.h"

namespace marsad::terrain {
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
  auto grid = read_raster(file, bounds);
  if (!grid) return grid.error();
  return from_grid(grid->bounds, grid->columns, grid->rows, std::move(grid->heights_m));
}

Elevation Elevation::from_grid(Bounds bounds, int columns, int rows, std::vector<float> heights_m) {
  return Elevation(bounds, columns, rows, std::move(heights_m));
}

Elevation::Elevation(Bounds bounds, int columns, int rows, std::vector<float> heights_m)
    : bounds_(bounds), columns_(columns), rows_(rows), heights_m_(std::move(heights_m)) {
  CHECK(bounds.south_rad < bounds.north_rad && bounds.west_rad < bounds.east_rad);
  CHECK(columns >= 2 && rows >= 2);
  CHECK(heights_m_.size() == static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  find_extremes();
}

void Elevation::find_extremes() {
  for (const float height : heights_m_) {
    if (std::isnan(height)) continue;
    highest_m_ = std::max<double>(highest_m_.value_or(height), height);
    lowest_m_ = std::min<double>(lowest_m_.value_or(height), height);
  }
  highest_ = Highest(columns_, rows_, heights_m_);
}

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
  const double northern =
      (1 - east) * double{node_m(column, row)} + east * double{node_m(column + 1, row)};
  const double southern =
      (1 - east) * double{node_m(column, row + 1)} + east * double{node_m(column + 1, row + 1)};
  const double height = (1 - south) * northern + south * southern;
  if (std::isnan(height)) return std::nullopt;
  return height;
}

double Elevation::spacing_m() const {
  const double middle_lat_rad = (bounds_.south_rad + bounds_.north_rad) / 2;
  const double lat_rad = (bounds_.north_rad - bounds_.south_rad) / (rows_ - 1);
  const double lon_rad = (bounds_.east_rad - bounds_.west_rad) / (columns_ - 1);
  return kEarthRadius_m * std::max(lat_rad, lon_rad * std::cos(middle_lat_rad));
}

double Elevation::void_share() const {
  const auto voids = std::count_if(heights_m_.begin(), heights_m_.end(),
                                   [](float height) { return std::isnan(height); });
  return static_cast<double>(voids) / static_cast<double>(heights_m_.size());
}

base::Result<void> Elevation::write_geotiff(const std::string& file) const {
  return write_raster(file, {bounds_, columns_, rows_, heights_m_});
}

}  // namespace marsad::terrain
