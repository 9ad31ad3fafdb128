// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
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

  // Slots whose boxes' cells touch the box, added to `slots`, each once, in no order that may be
  // relied on. Some may lie a cell away.
  void find(const Box& box, std::vector<std::uint32_t>& slots);
  // The next finds give the slots again that earlier ones gave.
  void begin_find() { ++round_; }

 private:
  struct Entry {
    CellRange cells;
    bool placed = false;
    bool wide = false;
    std::uint64_t found_in = 0;  // round
  };
  struct Spread {
    std::size_t operator()(std::uint64_t key) const {
      key *= 0x9e3779b97f4a7c15U;
      return key ^ (key >> 32U);
    }
  };
  using Cells = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>, Spread>;

  void take_out(std::uint32_t slot);
  void visit(const std::vector<std::uint32_t>& slots, std::vector<std::uint32_t>& found);

  std::vector<Entry> entries_;  // by slot
  Cells cells_;
  std::vector<std::uint32_t> wide_;  // in too many cells to be listed in each
  std::uint64_t round_ = 0;
};

}  // namespace marsad::track
