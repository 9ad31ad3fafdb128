// SPDX-License-Identifier: Apache-2.0
#include "plan/belt_raster.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/local_frame.h"

namespace marsad::plan {
namespace {

terrain::Bounds bounds_of(const Belt& belt) {
  terrain::Bounds box{10, -10, 10, -10};
  for (std::size_t i = 0; i < belt.cells(); ++i) {
    const auto& cell = belt.cell(i);
    if (!cell) continue;
    box = {std::min(box.south_rad, cell->lat_rad), std::max(box.north_rad, cell->lat_rad),
           std::min(box.west_rad, cell->lon_rad), std::max(box.east_rad, cell->lon_rad)};
  }
  // Ground that is unknown throughout.
  if (box.south_rad > box.north_rad) {
    const geo::Geodetic middle = belt.line().at(0);
    box = {middle.lat_rad, middle.lat_rad, middle.lon_rad, middle.lon_rad};
  }
  return terrain::grown(box, std::max(belt.column_m(), belt.row_m()));
}

// How much of latitude and longitude a metre is.
struct Scale {
  double lat_rad_per_m, lon_rad_per_m;
};
Scale scale_at(geo::Geodetic place) {
  place.height_m = 0;
  const geo::Geodetic off = geo::LocalFrame(place).to_geodetic_at_height(1, 1, 0);
  return {off.lat_rad - place.lat_rad, off.lon_rad - place.lon_rad};
}

}  // namespace

BeltRaster::BeltRaster(const Belt& belt, std::size_t most_nodes) : bounds_(bounds_of(belt)) {
  const geo::Geodetic middle{(bounds_.south_rad + bounds_.north_rad) / 2,
                             (bounds_.west_rad + bounds_.east_rad) / 2, 0};
  const Scale scale = scale_at(middle);
  const double high_m = (bounds_.north_rad - bounds_.south_rad) / scale.lat_rad_per_m;
  const double wide_m = (bounds_.east_rad - bounds_.west_rad) / scale.lon_rad_per_m;
  const double step_m =
      std::max(belt.row_m(), std::sqrt(high_m * wide_m / static_cast<double>(most_nodes)));
  columns_ = static_cast<int>(std::ceil(wide_m / step_m)) + 1;
  rows_ = static_cast<int>(std::ceil(high_m / step_m)) + 1;
  const double lat_step_rad = (bounds_.north_rad - bounds_.south_rad) / (rows_ - 1);
  const double lon_step_rad = (bounds_.east_rad - bounds_.west_rad) / (columns_ - 1);

  cells_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), kNone);
  std::vector<float> nearest_m(cells_.size(), std::numeric_limits<float>::infinity());
  // To a cell's corners.
  const double reach_m = std::hypot(belt.column_m(), belt.row_m()) / 2;
  for (std::size_t index = 0; index < belt.cells(); ++index) {
    const auto& cell = belt.cell(index);
    if (!cell) continue;
    const Scale here = scale_at(*cell);
    const double row = (bounds_.north_rad - cell->lat_rad) / lat_step_rad;
    const double column = (cell->lon_rad - bounds_.west_rad) / lon_step_rad;
    const double reach_rows = reach_m * here.lat_rad_per_m / lat_step_rad;
    const double reach_columns = reach_m * here.lon_rad_per_m / lon_step_rad;
    const int first_row = std::max(0, static_cast<int>(std::ceil(row - reach_rows)));
    const int last_row = std::min(rows_ - 1, static_cast<int>(row + reach_rows));
    const int first_column = std::max(0, static_cast<int>(std::ceil(column - reach_columns)));
    const int last_column = std::min(columns_ - 1, static_cast<int>(column + reach_columns));
    for (int r = first_row; r <= last_row; ++r) {
      for (int c = first_column; c <= last_column; ++c) {
        const double off_m =
            reach_m * std::hypot((r - row) / reach_rows, (c - column) / reach_columns);
        const std::size_t node = static_cast<std::size_t>(r) * static_cast<std::size_t>(columns_) +
                                 static_cast<std::size_t>(c);
        if (off_m > reach_m || off_m >= double{nearest_m[node]}) continue;
        nearest_m[node] = static_cast<float>(off_m);
        cells_[node] = static_cast<std::uint32_t>(index);
      }
    }
  }
}

std::span<const std::uint32_t> BeltRaster::row(int row) const {
  const auto columns = static_cast<std::size_t>(columns_);
  return std::span(cells_).subspan(static_cast<std::size_t>(row) * columns, columns);
}

}  // namespace marsad::plan
