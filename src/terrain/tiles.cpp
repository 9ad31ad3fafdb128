// SPDX-License-Identifier: Apache-2.0
#include "terrain/tiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "base/check.h"

namespace marsad::terrain {
namespace {

int tiles_along(int nodes) { return (nodes - 1 + Tile::kCells - 1) / Tile::kCells; }

const std::shared_ptr<const Tile>& void_tile() {
  static const auto tile = [] {
    Tile::Nodes nodes;
    nodes.fill(std::numeric_limits<float>::quiet_NaN());
    return std::make_shared<const Tile>(nodes);
  }();
  return tile;
}

// Stands in the cache for a tile that could not be read: a void of its own, so that it is known.
const std::shared_ptr<const Tile>& unread_tile() {
  static const auto tile = std::make_shared<const Tile>(*void_tile());
  return tile;
}

struct Extremes {
  float lowest_m = std::numeric_limits<float>::infinity();
  float highest_m = -std::numeric_limits<float>::infinity();
  std::uint64_t heights = 0;  // how many are not void
};

Extremes extremes(const Tile::Nodes& nodes, std::size_t columns, std::size_t rows) {
  // Of each column first, which the processor does for several at once.
  std::array<float, Tile::kNodes> lowest_m, highest_m;
  std::array<std::uint32_t, Tile::kNodes> heights{};
  lowest_m.fill(Extremes{}.lowest_m), highest_m.fill(Extremes{}.highest_m);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* of_row = &nodes[row * Tile::kNodes];
    for (std::size_t column = 0; column < Tile::kNodes; ++column) {
      // A comparison with a void is false.
      const float height_m = of_row[column];
      heights[column] += height_m == height_m ? 1 : 0;
      lowest_m[column] = height_m < lowest_m[column] ? height_m : lowest_m[column];
      highest_m[column] = height_m > highest_m[column] ? height_m : highest_m[column];
    }
  }
  Extremes all;
  for (std::size_t column = 0; column < columns; ++column) {
    all.lowest_m = std::min(all.lowest_m, lowest_m[column]);
    all.highest_m = std::max(all.highest_m, highest_m[column]);
    all.heights += heights[column];
  }
  return all;
}

}  // namespace

Tiles::Tiles(int columns, int rows, std::size_t most_bytes)
    : columns_(columns),
      rows_(rows),
      tile_columns_(tiles_along(columns)),
      tile_rows_(tiles_along(rows)),
      has_heights_(static_cast<std::size_t>(tile_columns_) * static_cast<std::size_t>(tile_rows_)),
      highest_(columns, rows),
      highest_m_(std::numeric_limits<double>::quiet_NaN()),
      lowest_m_(highest_m_),
      cache_(has_heights_.size(), most_bytes) {}

void Tiles::put(int tile_column, int tile_row, const Tile::Nodes& nodes, Tile tile) {
  // The last nodes are the next tile's, except at the grid's edge.
  const bool is_last = tile_column + 1 == tile_columns_;
  const std::size_t columns = is_last ? Tile::kNodes : Tile::kCells;
  const std::size_t rows = tile_row + 1 == tile_rows_ ? Tile::kNodes : Tile::kCells;
  const Extremes of_nodes = extremes(nodes, columns, rows);
  if (of_nodes.heights > 0) {
    heights_ += of_nodes.heights;
    highest_m_ = std::fmax(highest_m_, double{of_nodes.highest_m});
    lowest_m_ = std::fmin(lowest_m_, double{of_nodes.lowest_m});
  }
  highest_.put(tile_column, tile_row, nodes);
  const std::size_t index =
      static_cast<std::size_t>(tile_row) * static_cast<std::size_t>(tile_columns_) +
      static_cast<std::size_t>(tile_column);
  has_heights_[index] = true;
  cache_.put(index, std::make_shared<const Tile>(std::move(tile)));
}

void Tiles::finish(Make make) {
  highest_.finish();
  make_ = std::move(make);
  if (cache_.given_up() > 0) {
    CHECK(make_ != nullptr);
    return;
  }
  held_.reserve(has_heights_.size());
  for (std::size_t i = 0; i < has_heights_.size(); ++i) {
    held_.emplace_back(has_heights_[i] ? *cache_.get(i) : *void_tile());
  }
  make_ = nullptr;  // and with it the open files
}

double Tiles::void_share() const {
  return 1 - static_cast<double>(heights_) / (double{1} * columns_ * rows_);
}

const Tile& Tiles::fetched(std::size_t index, std::shared_ptr<const Tile>& keeps) const {
  if (!has_heights_[index]) return *void_tile();
  keeps = cache_.get(index);
  if (!keeps || (keeps == unread_tile() && is_due())) {
    keeps = made(index);
    cache_.put(index, keeps);
  }
  return *keeps;
}

std::shared_ptr<const Tile> Tiles::made(std::size_t index) const {
  const auto across = static_cast<std::size_t>(tile_columns_);
  auto tile = make_(static_cast<int>(index % across), static_cast<int>(index / across));
  if (tile) return std::make_shared<const Tile>(*std::move(tile));
  const std::lock_guard lock(trouble_mutex_);
  ++trouble_.times;
  trouble_.latest = to_string(tile.error());
  return unread_tile();
}

// A disk that fails answers slowly: a ray must not wait for it each time.
bool Tiles::is_due() const {
  constexpr std::uint32_t kAsks = 4096;
  return (asked_in_vain_.fetch_add(1, std::memory_order_relaxed) + 1) % kAsks == 0;
}

ReadTrouble Tiles::trouble() const {
  const std::lock_guard lock(trouble_mutex_);
  return trouble_;
}

}  // namespace marsad::terrain
