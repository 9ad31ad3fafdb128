// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/highest.h"
#include "terrain/tile.h"
#include "terrain/tile_cache.h"

namespace marsad::terrain {

// How often heights could not be read again since the elevation was opened, and why the last time.
struct ReadTrouble {
  std::uint64_t times = 0;
  std::string latest;
};

// A tile as it is read; its nodes at hand, so that they are found by one step less.
struct TileView {
  TileView() = default;
  explicit TileView(const Tile& of) : nodes_m(of.nodes_m()), tile(&of) {}

  const float* nodes_m = nullptr;  // null where coarse
  const Tile* tile = nullptr;
};

// All tiles of a grid of nodes, and what is known of the whole. Where they fit into the limit they
// are all held; else they are made again as they are asked for. First all are put in by one thread;
// after `finish` any number of threads read.
class Tiles {
 public:
  // Makes a tile again as it was put in, by its column and row among the tiles. One thread at a
  // time is its own care.
  using Make = std::function<base::Result<Tile>(int tile_column, int tile_row)>;

  // Of so many nodes, at least 2 by 2.
  Tiles(int columns, int rows, std::size_t most_bytes);

  // A tile and its nodes. One that is not put in is void.
  void put(int tile_column, int tile_row, const Tile::Nodes& nodes, Tile tile);
  void finish(Make make);

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  int tile_columns() const { return tile_columns_; }
  int tile_rows() const { return tile_rows_; }
  // Of nodes; NaN where none has a height.
  double highest_m() const { return highest_m_; }
  double lowest_m() const { return lowest_m_; }
  double void_share() const;
  const Highest& highest() const { return highest_; }

  // By the number row · tile_columns + column. A tile that can't be made again is void; that is
  // counted, and tried again after some thousand asks.
  TileView at(std::size_t index, std::shared_ptr<const Tile>& keeps) const {
    return held_.empty() ? TileView(fetched(index, keeps)) : held_[index];
  }
  ReadTrouble trouble() const;
  bool all_held() const { return !held_.empty(); }
  std::size_t bytes_held() const { return cache_.bytes(); }

 private:
  const Tile& fetched(std::size_t index, std::shared_ptr<const Tile>& keeps) const;
  std::shared_ptr<const Tile> made(std::size_t index) const;
  bool is_due() const;

  int columns_;
  int rows_;
  int tile_columns_;
  int tile_rows_;
  std::vector<bool> has_heights_;
  Highest highest_;
  double highest_m_;
  double lowest_m_;
  std::uint64_t heights_ = 0;
  mutable TileCache cache_;
  std::vector<TileView> held_;  // none where some must be made again
  Make make_;

  mutable std::mutex trouble_mutex_;
  mutable ReadTrouble trouble_;
  mutable std::atomic<std::uint32_t> asked_in_vain_ = 0;
};

}  // namespace marsad::terrain
