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
