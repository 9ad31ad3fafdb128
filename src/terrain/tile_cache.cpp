// SPDX-License-Identifier: Apache-2.0
#include "terrain/tile_cache.h"

#include <utility>

#include "base/check.h"

namespace marsad::terrain {

TileCache::TileCache(std::size_t tiles, std::size_t most_bytes)
    : slots_(tiles), most_bytes_(most_bytes) {
  CHECK(tiles < kNone);
}

std::shared_ptr<const Tile> TileCache::get(std::size_t index) {
  const std::lock_guard lock(mutex_);
  const auto number = static_cast<std::uint32_t>(index);
  if (slots_[index].tile && number != newest_) {
    unlink(number);
    link_first(number);
  }
  return slots_[index].tile;
}

void TileCache::put(std::size_t index, std::shared_ptr<const Tile> tile) {
  const std::lock_guard lock(mutex_);
  const auto number = static_cast<std::uint32_t>(index);
  Slot& slot = slots_[index];
  if (slot.tile) {
    bytes_ -= bytes_of(*slot.tile);
    unlink(number);
  }
  bytes_ += bytes_of(*tile);
  slot.tile = std::move(tile);
  link_first(number);
  while (bytes_ > most_bytes_ && oldest_ != newest_) {
    const std::uint32_t last = oldest_;
    bytes_ -= bytes_of(*slots_[last].tile);
    unlink(last);
    slots_[last].tile = nullptr;
    ++given_up_;
  }
}

std::size_t TileCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::uint64_t TileCache::given_up() const {
  const std::lock_guard lock(mutex_);
  return given_up_;
}

void TileCache::link_first(std::uint32_t index) {
  slots_[index].older = newest_;
  slots_[index].newer = kNone;
  if (newest_ != kNone) slots_[newest_].newer = index;
  newest_ = index;
  if (oldest_ == kNone) oldest_ = index;
}

void TileCache::unlink(std::uint32_t index) {
  const Slot& slot = slots_[index];
  (slot.newer == kNone ? newest_ : slots_[slot.newer].older) = slot.older;
  (slot.older == kNone ? oldest_ : slots_[slot.older].newer) = slot.newer;
}

}  // namespace marsad::terrain
