// SPDX-License-Identifier: Apache-2.0
#include "terrain/mosaic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/check.h"

namespace marsad::terrain {
namespace {

// The first grid's nodes, continued by its own spacing until they hold all grids: how many more
// there are on each side.
struct Margins {
  double north = 0, south = 0, west = 0, east = 0;
};

Bounds around(const std::vector<std::unique_ptr<RasterNodes>>& files) {
  Bounds all = files.front()->grid().bounds;
  for (const auto& file : files) {
    const Bounds& b = file->grid().bounds;
    all = {std::min(all.south_rad, b.south_rad), std::max(all.north_rad, b.north_rad),
           std::min(all.west_rad, b.west_rad), std::max(all.east_rad, b.east_rad)};
  }
  return all;
}

double lat_step_rad(const NodeGrid& grid) {
  return (grid.bounds.north_rad - grid.bounds.south_rad) / (grid.rows - 1);
}
double lon_step_rad(const NodeGrid& grid) {
  return (grid.bounds.east_rad - grid.bounds.west_rad) / (grid.columns - 1);
}

Margins margins_of(const NodeGrid& first, Bounds all) {
  const auto steps = [](double way_rad, double step_rad) {
    constexpr double kRounding = 1e-6;
    return std::max(std::ceil(way_rad / step_rad - kRounding), 0.0);
  };
  const double lat_rad = lat_step_rad(first), lon_rad = lon_step_rad(first);
  return {steps(all.north_rad - first.bounds.north_rad, lat_rad),
          steps(first.bounds.south_rad - all.south_rad, lat_rad),
          steps(first.bounds.west_rad - all.west_rad, lon_rad),
          steps(all.east_rad - first.bounds.east_rad, lon_rad)};
}

NodeGrid grown(const NodeGrid& first, const Margins& by) {
  const double lat_rad = lat_step_rad(first), lon_rad = lon_step_rad(first);
  return {{first.bounds.south_rad - by.south * lat_rad, first.bounds.north_rad + by.north * lat_rad,
           first.bounds.west_rad - by.west * lon_rad, first.bounds.east_rad + by.east * lon_rad},
          first.columns + static_cast<int>(by.west + by.east),
          first.rows + static_cast<int>(by.north + by.south)};
}

// Where values from `from`, `count` of them `step` apart, lie among `nodes` nodes from `first` to
// `last`. A rounding error beyond an edge is the edge.
std::vector<Along> along(double from, double step, int count, double first, double last,
                         int nodes) {
  constexpr double kRounding_rad = 1e-12;
  std::vector<Along> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double value = from + i * step;
    const double within = std::clamp(value, std::min(first, last), std::max(first, last));
    if (std::abs(within - value) > kRounding_rad) continue;
    const double place = (within - first) / (last - first) * (nodes - 1);
    const int node = std::clamp(static_cast<int>(place), 0, nodes - 2);
    all[static_cast<std::size_t>(i)] = {node, place - node};
  }
  return all;
}

// The first and last that lie inside; the last before the first where none does.
std::pair<int, int> inside(const std::vector<Along>& all) {
  const auto is_inside = [](const Along& one) { return one.node != Along::kOutside; };
  const auto first = std::find_if(all.begin(), all.end(), is_inside);
  const auto last = std::find_if(all.rbegin(), all.rend(), is_inside);
  return {static_cast<int>(first - all.begin()), static_cast<int>(all.rend() - last) - 1};
}

const Along& of(const std::vector<Along>& all, int index) {
  return all[static_cast<std::size_t>(index)];
}

}  // namespace

base::Result<Mosaic> Mosaic::open(const std::vector<ElevationFile>& files, Bounds bounds) {
  CHECK(!files.empty());
  std::vector<std::unique_ptr<RasterNodes>> opened;
  for (const ElevationFile& file : files) {
    auto nodes = RasterNodes::open(file, bounds);
    if (!nodes) return nodes.error();
    opened.push_back(*std::move(nodes));
  }
  const NodeGrid& first = opened.front()->grid();
  const Margins by = margins_of(first, around(opened));
  const double columns = first.columns + by.west + by.east;
  const double rows = first.rows + by.north + by.south;
  const double nodes = columns * rows;
  // What lies along a side takes memory too; at 10 m so many go round the Earth.
  constexpr double kMostAlong = 1 << 22;
  if (!(nodes <= Elevation::kMostOpened && std::max(columns, rows) <= kMostAlong)) {
    return base::Error{
        files.front().file,
        fmt::format("at its spacing all files together have {:.0f} million nodes "
                    "within the asked bounds, {:.0f} by {:.0f}; expected at most "
                    "{:.0f} million and {:.0f} along a side: ask for less or put a "
                    "coarser raster first",
                    nodes / 1e6, columns, rows, Elevation::kMostOpened / 1e6, kMostAlong)};
  }
  Mosaic mosaic;
  mosaic.lay_out(std::move(opened));
  return mosaic;
}

void Mosaic::lay_out(std::vector<std::unique_ptr<RasterNodes>> files) {
  const NodeGrid first = files.front()->grid();
  const Margins by = margins_of(first, around(files));
  grid_ = files.size() == 1 ? first : grown(first, by);
  const int west = static_cast<int>(by.west), north = static_cast<int>(by.north);
  layers_.push_back({std::move(files.front()),
                     {west, west + first.columns - 1, north, north + first.rows - 1},
                     nullptr,
                     false});
  for (std::size_t i = 1; i < files.size(); ++i) layers_.push_back(layer_of(std::move(files[i])));
}

Mosaic::Layer Mosaic::layer_of(std::unique_ptr<RasterNodes> nodes) const {
  const NodeGrid own = nodes->grid();
  const Bounds &b = own.bounds, &all = grid_.bounds;
  Layer layer;
  Lattice lattice;
  // The grid's own spacing is the first file's, which is a little more exact than the grown one's.
  const NodeGrid& first = layers_.front().nodes->grid();
  const double lat_rad = lat_step_rad(first), lon_rad = lon_step_rad(first);
  lattice.columns =
      along(all.west_rad, lon_rad, grid_.columns, b.west_rad, b.east_rad, own.columns);
  lattice.rows = along(all.north_rad, -lat_rad, grid_.rows, b.north_rad, b.south_rad, own.rows);
  const auto [west, east] = inside(lattice.columns);
  const auto [north, south] = inside(lattice.rows);
  layer.covers = {west, east, north, south};
  // Where a file has a quarter of the grid's nodes or fewer, holding its own is worth it.
  constexpr double kCoarse = 2;
  layer.is_coarse =
      lat_step_rad(own) >= kCoarse * lat_rad && lon_step_rad(own) >= kCoarse * lon_rad;
  layer.lattice = std::make_shared<const Lattice>(std::move(lattice));
  layer.nodes = std::move(nodes);
  return layer;
}

Mosaic::Range Mosaic::tile_range(int tile_column, int tile_row) const {
  const int west = tile_column * Tile::kCells, north = tile_row * Tile::kCells;
  return {west, std::min(west + Tile::kCells, grid_.columns - 1), north,
          std::min(north + Tile::kCells, grid_.rows - 1)};
}

Mosaic::Range Mosaic::shared(const Layer& layer, const Range& range) {
  const Range& c = layer.covers;
  return {std::max(c.west, range.west), std::min(c.east, range.east),
          std::max(c.north, range.north), std::min(c.south, range.south)};
}

base::Result<Patch> Mosaic::read(const Layer& layer, const Range& range) const {
  const Range part = shared(layer, range);
  if (is_first(layer)) {
    return layer.nodes->read(part.west - layer.covers.west, part.north - layer.covers.north,
                             part.east - part.west + 1, part.south - part.north + 1);
  }
  const int west = of(layer.lattice->columns, part.west).node,
            east = of(layer.lattice->columns, part.east).node + 1;
  const int north = of(layer.lattice->rows, part.north).node,
            south = of(layer.lattice->rows, part.south).node + 1;
  return layer.nodes->read(west, north, east - west + 1, south - north + 1);
}

namespace {

// What a coarse tile keeps of a patch that may be much more.
Patch cut(const Patch& from, const Along& west, const Along& east, const Along& north,
          const Along& south) {
  Patch part{west.node, north.node, east.node - west.node + 2, south.node - north.node + 2, {}};
  part.heights_m.reserve(static_cast<std::size_t>(part.columns) *
                         static_cast<std::size_t>(part.rows));
  for (int row = part.row; row < part.row + part.rows; ++row) {
    const auto first =
        from.heights_m.begin() + static_cast<std::ptrdiff_t>(from.index(part.column, row));
    part.heights_m.insert(part.heights_m.end(), first, first + part.columns);
  }
  return part;
}

}  // namespace

// How many of the nodes of a part of a tile, whose north-west node is this one, have heights.
int Mosaic::heights_in(const Made& made, const Range& tile, const Range& part) {
  int heights = 0;
  for (int row = part.north; row <= part.south; ++row) {
    const float* of_row = &made.nodes[Made::index(tile, part.west, row)];
    for (int i = 0; i <= part.east - part.west; ++i) heights += std::isnan(of_row[i]) ? 0 : 1;
  }
  return heights;
}

// Gives the voids of a part of a tile a coarser file's heights; how many became heights.
int Mosaic::fill_voids(Made& made, const Range& tile, const Range& part, const Layer& layer,
                       const Patch& patch) {
  int found = 0;
  for (int row = part.north; row <= part.south; ++row) {
    const Along& down = of(layer.lattice->rows, row);
    const Along* along = &of(layer.lattice->columns, part.west);
    const float* northern_m = &patch.heights_m[patch.index(patch.column, down.node)];
    float* of_row = &made.nodes[Made::index(tile, part.west, row)];
    for (int i = 0; i <= part.east - part.west; ++i) {
      if (!std::isnan(of_row[i])) continue;
      of_row[i] = between(northern_m + (along[i].node - patch.column), patch.columns,
                          along[i].share, down.share);
      found += std::isnan(of_row[i]) ? 0 : 1;
    }
  }
  return found;
}

base::Result<Mosaic::Made> Mosaic::fill(int tile_column, int tile_row,
                                        const PatchOf& patch_of) const {
  Made made;
  made.nodes.fill(std::numeric_limits<float>::quiet_NaN());
  const Range tile = tile_range(tile_column, tile_row);
  int missing = (tile.east - tile.west + 1) * (tile.south - tile.north + 1);
  const Layer* last = nullptr;
  const Patch* last_patch = nullptr;
  int contributing = 0;
  for (const Layer& layer : layers_) {
    const Range part = shared(layer, tile);
    if (missing == 0 || part.is_empty()) continue;
    const auto patch = patch_of(layer, tile);
    if (!patch) return patch.error();
    int found = 0;
    if (is_first(layer)) {
      copy_nodes(**patch, tile.west - layer.covers.west, tile.north - layer.covers.north,
                 made.nodes);
      found = heights_in(made, tile, part);
    } else {
      found = fill_voids(made, tile, part, layer, **patch);
    }
    if (found == 0) continue;
    missing -= found;
    ++contributing;
    last = &layer, last_patch = *patch;
  }
  if (contributing == 1 && last->is_coarse) {
    made.tile = Tile(coarse_tile(*last, *last_patch, tile));
  } else if (contributing > 0) {
    made.tile = Tile(made.nodes);
  }
  return made;
}

Tile::Coarse Mosaic::coarse_tile(const Layer& layer, const Patch& patch, const Range& tile) {
  const Range part = shared(layer, tile);
  return {cut(patch, of(layer.lattice->columns, part.west), of(layer.lattice->columns, part.east),
              of(layer.lattice->rows, part.north), of(layer.lattice->rows, part.south)),
          layer.lattice, tile.west, tile.north};
}

base::Result<void> Mosaic::put_all(Tiles& tiles) const {
  for (int tile_row = 0; tile_row < tiles.tile_rows(); ++tile_row) {
    const Range row = tile_range(0, tile_row);
    const Range band{0, grid_.columns - 1, row.north, row.south};
    std::vector<Patch> patches(layers_.size());
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      if (shared(layers_[i], band).is_empty()) continue;
      auto patch = read(layers_[i], band);
      if (!patch) return patch.error();
      patches[i] = *std::move(patch);
    }
    const PatchOf patch_of = [&](const Layer& layer, const Range&) -> base::Result<const Patch*> {
      return &patches[static_cast<std::size_t>(&layer - layers_.data())];
    };
    for (int tile_column = 0; tile_column < tiles.tile_columns(); ++tile_column) {
      auto made = fill(tile_column, tile_row, patch_of);
      if (!made) return made.error();
      if (made->tile) tiles.put(tile_column, tile_row, made->nodes, *std::move(made->tile));
    }
  }
  return {};
}

base::Result<Tile> Mosaic::make(int tile_column, int tile_row) const {
  std::vector<Patch> patches(layers_.size());
  const PatchOf patch_of = [&](const Layer& layer,
                               const Range& range) -> base::Result<const Patch*> {
    Patch& patch = patches[static_cast<std::size_t>(&layer - layers_.data())];
    auto read_patch = read(layer, range);
    if (!read_patch) return read_patch.error();
    patch = *std::move(read_patch);
    return &patch;
  };
  auto made = fill(tile_column, tile_row, patch_of);
  if (!made) return made.error();
  return made->tile ? *std::move(made->tile) : Tile(made->nodes);
}

}  // namespace marsad::terrain
