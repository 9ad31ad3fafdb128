// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "terrain/elevation.h"
#include "terrain/raster_nodes.h"
#include "terrain/tile.h"
#include "terrain/tiles.h"

namespace marsad::terrain {

// Several files in order of preference as one grid: the first one's nodes, continued by its own
// spacing until they hold all files. A node has the height of the first file that has one there,
// the first file's as it is, the others' bilinear; void where none has. Any thread may make tiles.
class Mosaic {
 public:
  // Errors are Elevation::open's.
  static base::Result<Mosaic> open(const std::vector<ElevationFile>& files, Bounds bounds);

  const NodeGrid& grid() const { return grid_; }
  // Reads every file once from north to south, little at a time, and puts in all tiles.
  base::Result<void> put_all(Tiles& tiles) const;
  // One tile again, the same to the bit.
  base::Result<Tile> make(int tile_column, int tile_row) const;

 private:
  // The grid's columns and rows from the first to the last.
  struct Range {
    int west = 0, east = -1, north = 0, south = -1;
    bool is_empty() const { return west > east || north > south; }
  };
  // A file, and which of the grid's nodes lie on it. The first file's nodes are the grid's own, so
  // many columns and rows on; where they lie among the others' is told for each.
  struct Layer {
    std::unique_ptr<RasterNodes> nodes;
    Range covers;
    std::shared_ptr<const Lattice> lattice;
    bool is_coarse = false;
  };
  // A tile's nodes, and the tile itself where they are not all void.
  struct Made {
    Tile::Nodes nodes;
    std::optional<Tile> tile;

    static std::size_t index(const Range& tile, int column, int row) {
      return static_cast<std::size_t>((row - tile.north) * Tile::kNodes + column - tile.west);
    }
  };
  // Gives a layer's nodes about a part of the grid, or more.
  using PatchOf = std::function<base::Result<const Patch*>(const Layer&, const Range&)>;

  Mosaic() = default;
  void lay_out(std::vector<std::unique_ptr<RasterNodes>> files);
  Layer layer_of(std::unique_ptr<RasterNodes> nodes) const;
  Range tile_range(int tile_column, int tile_row) const;
  static Range shared(const Layer& layer, const Range& range);
  bool is_first(const Layer& layer) const { return &layer == layers_.data(); }
  base::Result<Patch> read(const Layer& layer, const Range& range) const;
  static int heights_in(const Made& made, const Range& tile, const Range& part);
  static int fill_voids(Made& made, const Range& tile, const Range& part, const Layer& layer,
                        const Patch& patch);
  static Tile::Coarse coarse_tile(const Layer& layer, const Patch& patch, const Range& tile);
  base::Result<Made> fill(int tile_column, int tile_row, const PatchOf& patch_of) const;

  NodeGrid grid_;
  std::vector<Layer> layers_;
};

}  // namespace marsad::terrain
