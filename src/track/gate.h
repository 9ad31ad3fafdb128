// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace marsad::track {

// An upright rectangle in the plane, metres.
struct Box {
  double west = 0, south = 0, east = 0, north = 0;

  static Box around(double e, double n, double half_e, double half_n) {
    return {e - half_e, n - half_n, e + half_e, n + half_n};
  }
  bool overlaps(const Box& other) const {
    return west <= other.east && other.west <= east && south <= other.north && other.south <= north;
  }
};

// The square cells, by number east and north, that a box lies in.
struct CellRange {
  std::int32_t west = 0, south = 0, east = -1, north = -1;

  // Cells farther off than half of 2³¹ count as the last.
  static CellRange of(const Box& box);
  bool operator==(const CellRange&) const = default;
  // Whether there are more cells than `most`.
  bool wider_than(std::int64_t most) const {
    const std::int64_t wide = std::int64_t{east} - west + 1, high = std::int64_t{north} - south + 1;
    return wide > most || high > most || wide * high > most;
  }
  // Whether one of the cells has this key.
  bool holds(std::uint64_t key) const {
    const auto e = static_cast<std::int32_t>(key >> 32U);
    const auto n = static_cast<std::int32_t>(key & 0xffffffffU);
    return e >= west && e <= east && n >= south && n <= north;
  }
  // Calls visit(key) for each.
  template <class Visit>
  void for_each(Visit visit) const {
    for (std::int32_t e = west; e <= east; ++e) {
      for (std::int32_t n = south; n <= north; ++n) {
        visit((std::uint64_t{static_cast<std::uint32_t>(e)} << 32U) |
              static_cast<std::uint32_t>(n));
      }
    }
  }
};

// Finds the boxes that overlap a given one, by a hash of square cells, so that a scan costs as much
// as it has plots and not the product of plots and tracks.
class BoxIndex {
 public:
  void build(const std::vector<Box>& boxes);

  // Numbers of the overlapping boxes, ascending, into `found`.
  void find(const Box& box, std::vector<std::uint32_t>& found) const;

 private:
  std::vector<Box> boxes_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> cells_;  // key and box, sorted
  std::vector<std::uint32_t> wide_;  // boxes over so many cells that looking at each is cheaper
  Box all_;
};

}  // namespace marsad::track
