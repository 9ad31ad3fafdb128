// SPDX-License-Identifier: Apache-2.0
#include "track/mover_index.h"

#include <algorithm>

namespace marsad::track {
namespace {

constexpr std::int64_t kMostCells = 256;

void erase(std::vector<std::uint32_t>& slots, std::uint32_t slot) {
  const auto found = std::find(slots.begin(), slots.end(), slot);
  *found = slots.back();
  slots.pop_back();
}

}  // namespace

void MoverIndex::take_out(std::uint32_t slot) {
  Entry& entry = entries_[slot];
  if (!entry.placed) return;
  entry.placed = false;
  if (entry.wide) return erase(wide_, slot);
  entry.cells.for_each([&](std::uint64_t key) {
    const auto cell = cells_.find(key);
    erase(cell->second, slot);
    if (cell->second.empty()) cells_.erase(cell);
  });
}

void MoverIndex::place(std::uint32_t slot, const Box& box) {
  if (slot >= entries_.size()) entries_.resize(slot + 1);
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
    cells.for_each([&](std::uint64_t key) { cells_[key].push_back(slot); });
  }
}

void MoverIndex::remove(std::uint32_t slot) { take_out(slot); }

void MoverIndex::clear() {
  entries_.clear();
  cells_.clear();
  wide_.clear();
}

void MoverIndex::visit(const std::vector<std::uint32_t>& slots, std::vector<std::uint32_t>& found) {
  for (const std::uint32_t slot : slots) {
    if (entries_[slot].found_in == round_) continue;
    entries_[slot].found_in = round_;
    found.push_back(slot);
  }
}

void MoverIndex::find(const Box& box, std::vector<std::uint32_t>& slots) {
  visit(wide_, slots);
  const CellRange cells = CellRange::of(box);
  if (cells.wider_than(std::int64_t(cells_.size()))) {
    for (const auto& [key, in_cell] : cells_) visit(in_cell, slots);
    return;
  }
  cells.for_each([&](std::uint64_t key) {
    const auto cell = cells_.find(key);
    if (cell != cells_.end()) visit(cell->second, slots);
  });
}

}  // namespace marsad::track
