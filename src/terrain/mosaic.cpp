// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/check.h"
#include "terrain/elevation.h"

namespace marsad::terrain {
namespace {

// The first grid's nodes, continued by its own spacing until they hold all grids.
struct Frame {
  Bounds bounds;
  double lat_step_rad = 0;
  double lon_step_rad = 0;
  int columns = 0;
  int rows = 0;
  int first_column = 0;  // of the first grid's north-west node
  int first_row = 0;
};

int steps_beyond(double way_rad, double step_rad) {
  constexpr double kRounding = 1e-6, kMostSteps = 5e8;
  const double steps = std::ceil(way_rad / step_rad - kRounding);
  return static_cast<int>(std::clamp(steps, 0.0, kMostSteps));
}

Frame frame_around(const std::vector<Elevation>& grids) {
  const Elevation& first = grids.front();
  const Bounds inner = first.bounds();
  Bounds all = inner;
  for (const Elevation& grid : grids) {
    const Bounds b = grid.bounds();
    all = {std::min(all.south_rad, b.south_rad), std::max(all.north_rad, b.north_rad),
           std::min(all.west_rad, b.west_rad), std::max(all.east_rad, b.east_rad)};
  }
  Frame frame;
  frame.lat_step_rad = (inner.north_rad - inner.south_rad) / (first.rows() - 1);
  frame.lon_step_rad = (inner.east_rad - inner.west_rad) / (first.columns() - 1);
  frame.first_row = steps_beyond(all.north_rad - inner.north_rad, frame.lat_step_rad);
  frame.first_column = steps_beyond(inner.west_rad - all.west_rad, frame.lon_step_rad);
  const int south = steps_beyond(inner.south_rad - all.south_rad, frame.lat_step_rad);
  const int east = steps_beyond(all.east_rad - inner.east_rad, frame.lon_step_rad);
  frame.rows = frame.first_row + first.rows() + south;
  frame.columns = frame.first_column + first.columns() + east;
  frame.bounds = {inner.south_rad - south * frame.lat_step_rad,
                  inner.north_rad + frame.first_row * frame.lat_step_rad,
                  inner.west_rad - frame.first_column * frame.lon_step_rad,
                  inner.east_rad + east * frame.lon_step_rad};
  return frame;
}

constexpr double kRounding_rad = 1e-12;

// The first grid's own node, else the height of the first other that has one there.
float height_at(const std::vector<Elevation>& grids, const Frame& frame, int column, int row) {
  const Elevation& first = grids.front();
  const int own_column = column - frame.first_column, own_row = row - frame.first_row;
  if (own_column >= 0 && own_row >= 0 && own_column < first.columns() && own_row < first.rows()) {
    const float own_m = first.node_m(own_column, own_row);
    if (!std::isnan(own_m)) return own_m;
  }
  const double lat_rad = frame.bounds.north_rad - row * frame.lat_step_rad;
  const double lon_rad = frame.bounds.west_rad + column * frame.lon_step_rad;
  for (std::size_t i = 1; i < grids.size(); ++i) {
    // A rounding error beyond an edge is the edge.
    const Bounds b = grids[i].bounds();
    const double lat = std::clamp(lat_rad, b.south_rad, b.north_rad);
    const double lon = std::clamp(lon_rad, b.west_rad, b.east_rad);
    if (std::abs(lat - lat_rad) > kRounding_rad || std::abs(lon - lon_rad) > kRounding_rad)
      continue;
    if (const auto height_m = grids[i].height_m(lat, lon)) {
      return static_cast<float>(*height_m);
    }
  }
  return std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

base::Result<Elevation> Elevation::open(const std::vector<std::string>& files, Bounds bounds) {
  CHECK(!files.empty());
  std::vector<Elevation> grids;
  for (const std::string& file : files) {
    auto opened = open(file, bounds);
    if (!opened) return opened.error();
    grids.push_back(*std::move(opened));
  }
  if (grids.size() == 1) return std::move(grids.front());
  const Frame frame = frame_around(grids);
  const double nodes = double{1} * frame.columns * frame.rows;
  if (nodes > static_cast<double>(kMostNodes)) {
    return base::Error{files.front(),
                       fmt::format("at its spacing all files together have {:.0f} million nodes; "
                                   "expected at most {} million: put a coarser raster first",
                                   nodes / 1e6, kMostNodes / 1'000'000)};
  }
  std::vector<float> heights_m;
  heights_m.reserve(static_cast<std::size_t>(nodes));
  for (int row = 0; row < frame.rows; ++row) {
    for (int column = 0; column < frame.columns; ++column) {
      heights_m.push_back(height_at(grids, frame, column, row));
    }
  }
  return from_grid(frame.bounds, frame.columns, frame.rows, std::move(heights_m));
}

}  // namespace marsad::terrain
