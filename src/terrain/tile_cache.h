// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "terrain/tile.h"

namespace marsad::terrain {

// Keeps tiles by their number up to a limit of bytes; the least recently used are given up first.
// Whoever holds one that was given up holds it still. Any thread.
class TileCache {
 public:
  // Of so many numbers. The tile that came last is always kept.
  TileCache(std::size_t tiles, std::size_t most_bytes);

  // Null where it is not kept.
  std::shared_ptr<const Tile> get(std::size_t index);
  // In the place of what was kept under this number.
  void put(std::size_t index, std::shared_ptr<const Tile> tile);

  std::size_t bytes() const;
  std::uint64_t given_up() const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  // Those that are kept form a chain, from the one used last.
  struct Slot {
    std::shared_ptr<const Tile> tile;
    std::uint32_t newer = kNone;
    std::uint32_t older = kNone;
  };
  // What a tile takes beside itself: its allocation and its count of holders.
  static constexpr std::size_t kOverhead = 64;
  static std::size_t bytes_of(const Tile& tile) { return tile.bytes() + kOverhead; }

  void link_first(std::uint32_t index);
  void unlink(std::uint32_t index);

  mutable std::mutex mutex_;
  std::vector<Slot> slots_;
  std::uint32_t newest_ = kNone;
  std::uint32_t oldest_ = kNone;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::uint64_t given_up_ = 0;
};

}  // namespace marsad::terrain
