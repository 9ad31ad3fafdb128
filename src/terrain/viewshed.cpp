// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

#include "base/large_pages.h"
#include "terrain/viewshed_earthworks.h"
#include "terrain/viewshed_sector.h"

namespace marsad::terrain {
namespace {

constexpr float kNotTold = std::numeric_limits<float>::quiet_NaN();
// Rays between neighbouring cells of the last ring. A sight that hangs on what lies between rays is
// settled by itself; a height is not, so it takes more of them.
constexpr double kRaysForSight = 4;
constexpr double kRaysForHeights = 12;
// An observer so near a node, in steps, stands on it.
constexpr double kOnNode = 1e-6;

double on_node(double at) { return std::abs(at - std::round(at)) < kOnNode ? std::round(at) : at; }

base::Result<Eye> eye_of(const GroundGrid& grid, const ViewshedSettings& settings) {
  CHECK(settings.range_m > 0 && grid.column_step_m > 0 && grid.row_step_m > 0);
  Eye eye;
  eye.at = {on_node(settings.observer.column), on_node(settings.observer.row)};
  if (!grid.contains(eye.at)) {
    return base::Error{"observer", fmt::format("is not on the map: at column {:.1f}, row {:.1f} of "
                                               "{} by {} cells",
                                               eye.at.column, eye.at.row, grid.columns, grid.rows)};
  }
  const auto ground_m = height_at(grid, eye.at);
  if (!ground_m) return base::Error{"observer", "stands on a void of the elevation raster"};
  for (const EarthworkPiece& piece : settings.earthworks) {
    if (piece.rise_at_m(eye.at) <= settings.observer_height_m) continue;
    return base::Error{"observer",
                       fmt::format("its eye, {:g} m above the natural ground, is within an "
                                   "earthwork that is {:.2f} m high there",
                                   settings.observer_height_m, piece.rise_at_m(eye.at))};
  }
  eye.height_m = *ground_m + settings.observer_height_m;
  if (settings.curvature) eye.drop_per_m2 = (1 - settings.refraction) / (2 * kEarthRadius_m);
  return eye;
}

// A cell as the limits of a sector see it.
struct Looked {
  double distance_m = 0;
  double azimuth_rad = 0;
  double above_m = 0;  // its ground, above the eye's level
};

Looked looked_at(const GroundGrid& grid, const Eye& eye, int column, int row) {
  const double east_m = (column - eye.at.column) * grid.column_step_m;
  const double south_m = (row - eye.at.row) * grid.row_step_m;
  const double square_m2 = east_m * east_m + south_m * south_m;
  return {std::sqrt(square_m2), std::atan2(east_m, -south_m),
          double{grid.height_m(column, row)} - eye.height_m - eye.drop_per_m2 * square_m2};
}

bool contains_azimuth(const Sector& sector, double azimuth_rad) {
  constexpr double kTurn = 2 * std::numbers::pi;
  const auto turned = [](double angle) { return angle - kTurn * std::floor(angle / kTurn); };
  if (sector.to_rad - sector.from_rad >= kTurn) return true;
  return turned(azimuth_rad - sector.from_rad) <= turned(sector.to_rad - sector.from_rad);
}

// Heights above the ground at which something appears between two elevations.
std::pair<double, double> heights_between(const Sector& elevation, const Looked& cell) {
  return {std::tan(elevation.from_rad) * cell.distance_m - cell.above_m,
          std::tan(elevation.to_rad) * cell.distance_m - cell.above_m};
}

void limit(const Sector& elevation, const Looked& cell, double, float& least_m) {
  const auto [lowest_m, highest_m] = heights_between(elevation, cell);
  const double least = std::max({0.0, double{least_m}, lowest_m});
  least_m = least > highest_m ? kNotTold : static_cast<float>(least);
}

void limit(const Sector& elevation, const Looked& cell, double wanted_m, Sight& sight) {
  const auto [lowest_m, highest_m] = heights_between(elevation, cell);
  if (wanted_m < lowest_m || wanted_m > highest_m) sight = Sight::hidden;
}

bool is_told(float least_m) { return !std::isnan(least_m); }
bool is_told(Sight sight) { return sight != Sight::not_asked; }

// Takes away what lies outside the sectors.
template <class Cell>
void limit(const GroundGrid& grid, const Eye& eye, const ViewshedSettings& settings,
           double wanted_m, Cell not_told, std::vector<Cell>& cells) {
  if (!settings.azimuth && !settings.elevation) return;
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      Cell& cell = cells[grid.index(column, row)];
      if (!is_told(cell)) continue;
      const Looked looked = looked_at(grid, eye, column, row);
      if (looked.distance_m == 0) continue;
      if (settings.azimuth && !contains_azimuth(*settings.azimuth, looked.azimuth_rad)) {
        cell = not_told;
      } else if (settings.elevation) {
        limit(*settings.elevation, looked, wanted_m, cell);
      }
    }
  }
}

// One answer for every cell.
template <class Cell>
base::Result<std::vector<Cell>> swept(const GroundGrid& grid, const ViewshedSettings& settings,
                                      double wanted_m, Cell not_told, Cell own) {
  const auto eye = eye_of(grid, settings);
  if (!eye) return eye.error();
  auto cells = base::reserved_in_large_pages<Cell>(grid.heights_m.size());
  cells.assign(grid.heights_m.size(), not_told);
  SweepSettings sweep_settings;
  sweep_settings.range_m = settings.range_m;
  sweep_settings.wanted_m = wanted_m;
  sweep_settings.rays_per_cell = std::is_same_v<Cell, Sight> ? kRaysForSight : kRaysForHeights;
  for (const Quarter quarter : {Quarter::north, Quarter::east, Quarter::south, Quarter::west})
    sweep(grid, *eye, sweep_settings, quarter, cells);
  // The cell whose centre the observer stands on sees itself.
  const double column = std::round(eye->at.column), row = std::round(eye->at.row);
  if (column == eye->at.column && row == eye->at.row)
    cells[grid.index(static_cast<int>(column), static_cast<int>(row))] = own;
  cast_shadows(grid, *eye, settings.earthworks, {settings.range_m, wanted_m}, cells);
  limit(grid, *eye, settings, wanted_m, not_told, cells);
  return cells;
}

}  // namespace

base::Result<HeightLayer> least_visible_heights(const GroundGrid& grid,
                                                const ViewshedSettings& settings) {
  auto least_m = swept<float>(grid, settings, 0, kNotTold, 0);
  if (!least_m) return least_m.error();
  for (float& least : *least_m)
    if (least < 0) least = 0;
  return HeightLayer{*std::move(least_m)};
}

base::Result<SightLayer> sight(const GroundGrid& grid, const ViewshedSettings& settings,
                               double target_height_m) {
  auto cells = swept(grid, settings, target_height_m, Sight::not_asked, Sight::seen);
  if (!cells) return cells.error();
  return SightLayer{*std::move(cells)};
}

}  // namespace marsad::terrain
