// SPDX-License-Identifier: Apache-2.0
#include "terrain/ground_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace marsad::terrain {
namespace {

// A cell shorter than this is a mistake, or at a pole.
constexpr double kLeastStep_m = 1e-3;

// Columns and rows from the first to the last.
struct Extent {
  double west = 0, east = 0, north = 0, south = 0;
};

Extent around(GridPoint point, std::array<double, 2> steps_m, double range_m) {
  const double columns = range_m / steps_m[0], rows = range_m / steps_m[1];
  return {point.column - columns, point.column + columns, point.row - rows, point.row + rows};
}

// The cells within an extent, of `columns` by `rows`. Rounding must not lose one just within.
Window cells_within(const Extent& extent, int columns, int rows) {
  const auto [west, east] = enclosing(extent.west, extent.east, columns);
  const auto [north, south] = enclosing(extent.north, extent.south, rows);
  return {west, north, east - west + 1, south - north + 1};
}

// In the raster's columns and rows, cells' centres at whole numbers; none where it is off the map.
std::optional<GridPoint> on_map(const Affine& pixels, int columns, int rows, MapPoint at) {
  const GridPoint point{(at.x - pixels.c[0]) / pixels.c[1] - 0.5,
                        (at.y - pixels.c[3]) / pixels.c[5] - 0.5};
  const double last_column = columns - 1, last_row = rows - 1;
  const bool is_on_map = point.column >= -0.5 && point.row >= -0.5 &&
                         point.column <= last_column + 0.5 && point.row <= last_row + 0.5;
  if (!is_on_map) return std::nullopt;
  // Beyond the outermost centres the ground has no shape; the nearest is half a cell away.
  return GridPoint{std::clamp(point.column, 0.0, last_column),
                   std::clamp(point.row, 0.0, last_row)};
}

std::string not_on_map(const Affine& pixels, int columns, int rows, MapPoint at) {
  return fmt::format(
      "the observer at {:.10g}, {:.10g} is not on the map, which has x {:.10g} to {:.10g} and y "
      "{:.10g} to {:.10g}",
      at.x, at.y, pixels.c[0], pixels.x(columns, 0), pixels.y(0, rows), pixels.c[3]);
}

}  // namespace

std::array<double, 2> GroundMap::steps_m(double row) const {
  const double column_units = cells[1], row_units = -cells[5];
  if (semi_major_m == 0) return {column_units * metres_per_unit, row_units * metres_per_unit};
  // Radii of curvature across and along the meridian [Rapp91].
  const double lat_rad = (cells[3] + (row + 0.5) * cells[5]) * radians_per_unit;
  const double squared_eccentricity = flattening * (2 - flattening);
  const double sine = std::sin(lat_rad);
  const double w2 = 1 - squared_eccentricity * sine * sine;
  const double across_m = semi_major_m / std::sqrt(w2);
  const double along_m = across_m * (1 - squared_eccentricity) / w2;
  return {column_units * radians_per_unit * across_m * std::cos(lat_rad),
          row_units * radians_per_unit * along_m};
}

base::Result<Window> place_grid(GroundMap& map, const std::string& file, int columns, int rows,
                                std::span<const MapPoint> places, double range_m) {
  CHECK(!places.empty() && range_m > 0);
  const Affine pixels{map.cells};
  Extent extent{1e300, -1e300, 1e300, -1e300};
  for (const MapPoint& place : places) {
    const auto point = on_map(pixels, columns, rows, place);
    if (!point) return base::Error{file, not_on_map(pixels, columns, rows, place)};
    map.places.push_back(*point);
    const auto steps_m = map.steps_m(point->row);
    const bool has_length = steps_m[0] > kLeastStep_m && steps_m[1] > kLeastStep_m;
    if (!has_length) return base::Error{file, "its cells have no length where the observer stands"};
    const Extent reach = around(*point, steps_m, range_m);
    extent = {std::min(extent.west, reach.west), std::max(extent.east, reach.east),
              std::min(extent.north, reach.north), std::max(extent.south, reach.south)};
  }
  const Window window = cells_within(extent, columns, rows);
  if (window.size() > GroundMap::kMostNodes) {
    return base::Error{
        file,
        fmt::format("{:.0f} million nodes lie within the asked range; expected at most {} "
                    "million: ask for less or give a coarser raster",
                    static_cast<double>(window.size()) / 1e6, GroundMap::kMostNodes / 1'000'000)};
  }
  const auto steps_m = map.steps_m(map.places.front().row);
  map.cells[0] = pixels.x(window.column, window.row);
  map.cells[3] = pixels.y(window.column, window.row);
  for (GridPoint& point : map.places) {
    point.column -= window.column;
    point.row -= window.row;
  }
  map.grid = {window.columns, window.rows, steps_m[0], steps_m[1], {}};
  return window;
}

MapPart part_around(const GroundMap& map, GridPoint point, double range_m) {
  const auto steps_m = map.steps_m(point.row);
  const Window window =
      cells_within(around(point, steps_m, range_m), map.grid.columns, map.grid.rows);
  MapPart part{
      {window.columns, window.rows, steps_m[0], steps_m[1], {}}, window.column, window.row};
  part.grid.heights_m.reserve(window.size());
  for (int row = 0; row < window.rows; ++row) {
    const auto first = map.grid.heights_m.begin() +
                       static_cast<std::ptrdiff_t>(map.grid.index(window.column, window.row + row));
    part.grid.heights_m.insert(part.grid.heights_m.end(), first, first + window.columns);
  }
  return part;
}

}  // namespace marsad::terrain
