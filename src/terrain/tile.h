// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace marsad::terrain {

// A rectangle of a grid's nodes: heights row by row from its north-west node, NaN where void.
struct Patch {
  int column = 0;  // of its north-west node in the whole grid
  int row = 0;
  int columns = 0;
  int rows = 0;
  std::vector<float> heights_m;

  std::size_t index(int of_column, int of_row) const {
    return static_cast<std::size_t>(of_row - row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(of_column - column);
  }
};

// Where a column or row of one grid lies among another's.
struct Along {
  static constexpr int kOutside = -1;
  int node = kOutside;  // the one at or before it, never the last
  double share = 0;     // of the way to the next one
};

// Where all columns and rows of one grid lie among another's.
struct Lattice {
  std::vector<Along> columns;
  std::vector<Along> rows;
};

// The heights at a cell's corners, NaN where void.
struct Corners {
  double nw = 0, ne = 0, sw = 0, se = 0;

  // The bilinear height; `east` and `south` are shares of the cell.
  double at(double east, double south) const {
    return (1 - south) * ((1 - east) * nw + east * ne) + south * ((1 - east) * sw + east * se);
  }
};

// The bilinear height between four nodes, the first of them the north-western one, in rows of so
// many nodes; NaN beside a void.
inline float between(const float* nodes_m, int columns, double east, double south) {
  const Corners corners{double{nodes_m[0]}, double{nodes_m[1]}, double{nodes_m[columns]},
                        double{nodes_m[columns + 1]}};
  return static_cast<float>(corners.at(east, south));
}

// A square of an elevation's cells with the nodes about them; neighbours share the nodes on their
// edges. Where all its heights are of a coarser file it holds that file's nodes instead, and its
// own are bilinear between them: the same numbers in a fraction of the memory.
class Tile {
 public:
  static constexpr int kShift = 6;
  static constexpr int kCells = 1 << kShift;
  static constexpr int kNodes = kCells + 1;
  // All nodes row by row from the north-west; NaN where void or beyond the grid.
  using Nodes = std::array<float, std::size_t{kNodes} * kNodes>;

  // A coarser file's nodes about this tile, and where the whole grid's columns and rows lie among
  // that file's; the tile's begin at these.
  struct Coarse {
    Patch patch;
    std::shared_ptr<const Lattice> lattice;
    int column = 0;
    int row = 0;
  };

  explicit Tile(const Nodes& nodes) : heights_m_(nodes.begin(), nodes.end()) {}
  explicit Tile(Coarse coarse) : coarse_(std::move(coarse)) {}

  // All its nodes as in `Nodes`; null where coarse.
  const float* nodes_m() const { return heights_m_.empty() ? nullptr : heights_m_.data(); }
  // Of a cell, counted from the first one, of a coarse tile.
  Corners coarse_corners(int column, int row) const;

  // The memory it takes.
  std::size_t bytes() const;

 private:
  std::vector<float> heights_m_;  // none where coarse
  Coarse coarse_;
};

// Takes from a patch all nodes it has of the tile whose north-west node is this one of the patch's
// grid.
void copy_nodes(const Patch& patch, int column, int row, Tile::Nodes& nodes);

}  // namespace marsad::terrain
