// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/elevation.h"
#include "terrain/geoid.h"
#include "terrain/tile.h"

namespace marsad::terrain {

// A grid of latitude and longitude, its nodes edge to edge.
struct NodeGrid {
  Bounds bounds;
  int columns = 0;
  int rows = 0;
};

// One raster file as a grid of nodes, of which pieces are read. Any thread; the files behind are
// read by one at a time.
class RasterNodes {
 public:
  // The part that covers `asked`. A raster on WGS 84 with north up keeps its own nodes; any other
  // is resampled bilinearly at its own spacing. Errors are Elevation::open's.
  static base::Result<std::unique_ptr<RasterNodes>> open(const ElevationFile& file, Bounds asked);

  virtual ~RasterNodes() = default;
  RasterNodes(const RasterNodes&) = delete;
  RasterNodes& operator=(const RasterNodes&) = delete;

  const NodeGrid& grid() const { return grid_; }
  // Metres above mean sea level, NaN where void. The same heights whatever piece they are read in.
  base::Result<Patch> read(int column, int row, int columns, int rows) const;

 protected:
  explicit RasterNodes(const NodeGrid& grid) : grid_(grid) {}

 private:
  // Fills the patch's heights with what the file says, in metres.
  virtual base::Result<void> read_heights(Patch& patch) const = 0;
  void lower_to_sea_level(Patch& patch) const;

  NodeGrid grid_;
  std::optional<Geoid> geoid_;  // where the file's heights are above the ellipsoid
};

}  // namespace marsad::terrain
