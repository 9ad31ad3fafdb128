// SPDX-License-Identifier: Apache-2.0
#include "terrain/tile.h"

#include <algorithm>

namespace marsad::terrain {
Corners Tile::coarse_corners(int column, int row) const {
  const Patch& patch = coarse_.patch;
  const Lattice& lattice = *coarse_.lattice;
  const auto node = [&](int east, int south) {
    const Along& across = lattice.columns[static_cast<std::size_t>(coarse_.column + column + east)];
    const Along& down = lattice.rows[static_cast<std::size_t>(coarse_.row + row + south)];
    if (across.node == Along::kOutside || down.node == Along::kOutside) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    return double{between(&patch.heights_m[patch.index(across.node, down.node)], patch.columns,
                          across.share, down.share)};
  };
  return {node(0, 0), node(1, 0), node(0, 1), node(1, 1)};
}

std::size_t Tile::bytes() const {
  return sizeof(Tile) + sizeof(float) * (heights_m_.size() + coarse_.patch.heights_m.size());
}

void copy_nodes(const Patch& patch, int column, int row, Tile::Nodes& nodes) {
  const int west = std::max(column, patch.column), north = std::max(row, patch.row);
  const int east = std::min(column + Tile::kNodes, patch.column + patch.columns);
  const int south = std::min(row + Tile::kNodes, patch.row + patch.rows);
  if (west >= east) return;
  for (int from = north; from < south; ++from) {
    const float* heights_m = &patch.heights_m[patch.index(west, from)];
    const int to = (from - row) * Tile::kNodes + west - column;
    std::copy(heights_m, heights_m + (east - west), &nodes[static_cast<std::size_t>(to)]);
  }
}

}  // namespace marsad::terrain
