// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

#include "terrain/elevation.h"
#include "terrain/tiles.h"

namespace marsad::terrain {

// Reads an elevation cell by cell, as a ray does: it keeps hold of the tile it read last, so that
// only a step into another tile costs a search. One thread's, and made for one question: what it
// holds does not count to the elevation's limit. The elevation must live longer.
class GroundReader {
 public:
  explicit GroundReader(const Elevation& elevation) : tiles_(elevation.tiles()) {}

  // The heights at the corners of a cell, counted by its north-west node.
  Corners corners(int column, int row) const {
    auto east = static_cast<unsigned>(column - west_), south = static_cast<unsigned>(row - north_);
    if ((east | south) >= unsigned{Tile::kCells}) {
      turn_to(column, row);
      east = static_cast<unsigned>(column - west_), south = static_cast<unsigned>(row - north_);
    }
    if (view_.nodes_m == nullptr) {
      return view_.tile->coarse_corners(static_cast<int>(east), static_cast<int>(south));
    }
    const float* north = view_.nodes_m + (south * Tile::kNodes + east);
    return {double{north[0]}, double{north[1]}, double{north[Tile::kNodes]},
            double{north[Tile::kNodes + 1]}};
  }

 private:
  void turn_to(int column, int row) const {
    const int tile_column = column >> Tile::kShift, tile_row = row >> Tile::kShift;
    view_ = tiles_.at(
        static_cast<std::size_t>(tile_row) * static_cast<std::size_t>(tiles_.tile_columns()) +
            static_cast<std::size_t>(tile_column),
        keeps_);
    west_ = tile_column << Tile::kShift, north_ = tile_row << Tile::kShift;
  }

  // Before the first tile: farther from every cell than a tile's side.
  static constexpr int kNowhere = -Tile::kCells;

  const Tiles& tiles_;
  mutable TileView view_;
  mutable int west_ = kNowhere;  // the tile's first column and row
  mutable int north_ = kNowhere;
  mutable std::shared_ptr<const Tile> keeps_;
};

}  // namespace marsad::terrain
