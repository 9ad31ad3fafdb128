// SPDX-License-Identifier: Apache-2.0
#include "track/mover_index.h"

#include <algorithm>
#include <bit>

#include "track/fetch.h"

namespace marsad::track {
namespace {

constexpr std::int64_t kMostCells = 256;

constexpr std::size_t kLeastTable = 64;

}  // namespace

// Four by four cells have their places in the table side by side, since a plot asks after cells
// that are.
std::size_t MoverIndex::table_place(std::uint64_t key) const {
  constexpr std::uint64_t kLow = 0x0000000300000003U;
  const std::uint64_t block = (key & ~kLow) * 0x9e3779b97f4a7c15U;
  const std::uint64_t within = ((key >> 30U) & 12U) | (key & 3U);
  return static_cast<std::size_t>(((block >> 28U) & ~std::uint64_t{15}) | within) &
         (table_.size() - 1);
}

void MoverIndex::grow() {
  const std::size_t size = std::max(kLeastTable, std::bit_ceil(2 * used_));
  table_.assign(size, kNone);
  for (std::uint32_t b = 0; b < bundles_.size(); ++b) {
    Bundle& bundle = bundles_[b];
    if (bundle.count == 0) continue;
    std::uint32_t& first = table_[table_place(bundle.key)];
    bundle.next = first;
    first = b;
  }
}

void MoverIndex::add(std::uint64_t key, std::uint32_t slot) {
  if (used_ >= table_.size()) grow();
  std::uint32_t& first = table_[table_place(key)];
  for (std::uint32_t b = first; b != kNone; b = bundles_[b].next) {
    Bundle& bundle = bundles_[b];
    if (bundle.key != key || bundle.count == bundle.slots.size()) continue;
    bundle.slots[bundle.count++] = slot;
    return;
  }
  if (free_ == kNone) {
    free_ = static_cast<std::uint32_t>(bundles_.size());
    bundles_.emplace_back();
  }
  const std::uint32_t b = free_;
  Bundle& bundle = bundles_[b];
  free_ = bundle.next;
  ++used_;
  bundle.key = key;
  bundle.slots[0] = slot;
  bundle.count = 1;
  bundle.next = first;
  first = b;
}

void MoverIndex::erase(std::uint64_t key, std::uint32_t slot) {
  for (std::uint32_t* at = &table_[table_place(key)]; *at != kNone; at = &bundles_[*at].next) {
    Bundle& bundle = bundles_[*at];
    if (bundle.key != key) continue;
    const auto end = bundle.slots.begin() + bundle.count;
    const auto found = std::find(bundle.slots.begin(), end, slot);
    if (found == end) continue;
    *found = bundle.slots[--bundle.count];
    if (bundle.count == 0) {
      const std::uint32_t b = *at;
      *at = bundle.next;
      bundle.next = free_;
      free_ = b;
      --used_;
    }
    return;
  }
}

void MoverIndex::take_out(std::uint32_t slot) {
  Entry& entry = entries_[slot];
  if (!entry.placed) return;
  entry.placed = false;
  if (entry.wide) {
    const auto found = std::find(wide_.begin(), wide_.end(), slot);
    *found = wide_.back();
    wide_.pop_back();
    return;
  }
  entry.cells.for_each([&](std::uint64_t key) { erase(key, slot); });
}

void MoverIndex::place(std::uint32_t slot, const Box& box) {
  if (slot >= entries_.size()) entries_.resize(slot + 1);
  entries_[slot].box = box;
  const CellRange cells = CellRange::of(box);
  if (entries_[slot].placed && entries_[slot].cells == cells) return;
  take_out(slot);
  Entry& entry = entries_[slot];
  entry.cells = cells;
  entry.placed = true;
  entry.wide = cells.wider_than(kMostCells);
  if (entry.wide) {
    wide_.push_back(slot);
  } else {
    cells.for_each([&](std::uint64_t key) { add(key, slot); });
  }
}

void MoverIndex::remove(std::uint32_t slot) { take_out(slot); }

void MoverIndex::clear() {
  entries_.clear();
  bundles_.clear();
  table_.clear();
  free_ = kNone;
  used_ = 0;
  wide_.clear();
}

void MoverIndex::visit(const std::uint32_t* slots, std::size_t count, const Box& box,
                       std::vector<std::uint32_t>& found) {
  for (std::size_t i = 0; i < count; ++i) {
    Entry& entry = entries_[slots[i]];
    if (entry.found_in == round_ || !entry.box.overlaps(box)) continue;
    entry.found_in = round_;
    found.push_back(slots[i]);
  }
}

void MoverIndex::fetch_cells(const Box& box) const {
  if (used_ == 0) return;
  const CellRange cells = CellRange::of(box);
  if (cells.wider_than(kMostCells)) return;
  cells.for_each([this](std::uint64_t key) { fetch(&table_[table_place(key)], 1); });
}

void MoverIndex::fetch_bundles(const Box& box) const {
  if (used_ == 0) return;
  const CellRange cells = CellRange::of(box);
  if (cells.wider_than(kMostCells)) return;
  cells.for_each([this](std::uint64_t key) {
    const std::uint32_t b = table_[table_place(key)];
    if (b != kNone) fetch(&bundles_[b], sizeof(Bundle));
  });
}

void MoverIndex::find(const Box& box, std::vector<std::uint32_t>& slots) {
  visit(wide_.data(), wide_.size(), box, slots);
  if (used_ == 0) return;
  const CellRange cells = CellRange::of(box);
  if (cells.wider_than(std::int64_t(used_))) {
    for (const Bundle& bundle : bundles_) {
      if (cells.holds(bundle.key)) visit(bundle.slots.data(), bundle.count, box, slots);
    }
    return;
  }
  cells.for_each([&](std::uint64_t key) {
    for (std::uint32_t b = table_[table_place(key)]; b != kNone; b = bundles_[b].next) {
      const Bundle& bundle = bundles_[b];
      if (bundle.key == key) visit(bundle.slots.data(), bundle.count, box, slots);
    }
  });
}

}  // namespace marsad::track
