// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "track/gate.h"

namespace marsad::track {

// Where movers may be, so that a scan asks after those near its plots and never walks over all. A
// mover, by the number of its slot, is in a hash of square cells by a box that it keeps while it
// stays inside.
class MoverIndex {
 public:
  // Adds the mover, or gives it another box.
  void place(std::uint32_t slot, const Box& box);
  void remove(std::uint32_t slot);
  void clear();

  // Slots whose boxes touch the box, added to `slots`, each once, in no order that may be relied
  // on.
  void find(const Box& box, std::vector<std::uint32_t>& slots);
  // Ask for the memory that finding in the box reads: first of its cells' places in the table,
  // then, once these are there, of what they hold.
  void fetch_cells(const Box& box) const;
  void fetch_bundles(const Box& box) const;
  // The next finds give the slots again that earlier ones gave.
  void begin_find() { ++round_; }

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;

  // All of one mover in a line of the processor's cache, see Bundle.
  struct alignas(64) Entry {
    Box box;
    std::uint64_t found_in = 0;  // round
    CellRange cells;
    bool placed = false;
    bool wide = false;
  };
  // Movers of one cell, or some of them: a line of the processor's cache, for what is looked up has
  // mostly left the cache since, and each line costs more than all the rest.
  struct alignas(64) Bundle {
    std::uint64_t key = 0;
    std::uint32_t next = kNone;  // of those of the same place in the table, or free
    std::uint32_t count = 0;     // 0: free
    std::array<std::uint32_t, 12> slots{};
  };

  std::size_t table_place(std::uint64_t key) const;
  void add(std::uint64_t key, std::uint32_t slot);
  void erase(std::uint64_t key, std::uint32_t slot);
  void grow();
  void take_out(std::uint32_t slot);
  void visit(const std::uint32_t* slots, std::size_t count, const Box& box,
             std::vector<std::uint32_t>& found);

  std::vector<Entry> entries_;        // by slot
  std::vector<Bundle> bundles_;       // in no order
  std::vector<std::uint32_t> table_;  // the first bundle of each place
  std::uint32_t free_ = kNone;        // the first free bundle
  std::size_t used_ = 0;              // bundles
  std::vector<std::uint32_t> wide_;   // in too many cells to be listed in each
  std::uint64_t round_ = 0;
};

}  // namespace marsad::track
