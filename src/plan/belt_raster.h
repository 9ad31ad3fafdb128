// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plan/belt.h"
#include "terrain/elevation.h"

namespace marsad::plan {

// A belt on a raster of latitude and longitude, its rows from the north. A node belongs to the
// nearest of the cells that reach it.
class BeltRaster {
 public:
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  // Nodes as far apart as the belt's cells are across, or further where there would be more than
  // `most_nodes`.
  explicit BeltRaster(const Belt& belt, std::size_t most_nodes = 25'000'000);

  // The nodes span these, edge to edge.
  const terrain::Bounds& bounds() const { return bounds_; }
  int columns() const { return columns_; }
  int rows() const { return rows_; }
  // The belt's cells in a row; kNone where there is none.
  std::span<const std::uint32_t> row(int row) const;

 private:
  terrain::Bounds bounds_;
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> cells_;
};

}  // namespace marsad::plan
