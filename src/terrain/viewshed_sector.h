// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "terrain/exact_sight.h"

namespace marsad::terrain {

// Whether something of a height above the ground is seen.
enum class Sight : std::uint8_t { hidden = 0, seen = 1, not_asked = 255 };

// One of the four quarters around an observer: the nodes at most as far aside as along.
enum class Quarter : std::uint8_t { north, east, south, west };

struct SweepSettings {
  double range_m = 0;
  double wanted_m = 0;       // the height above ground that must be told from the least visible one
  double rays_per_cell = 4;  // between neighbouring nodes of the last ring; at least 2.2
  // What counts as near the wanted height: within so much of what a single kink of the horizon
  // between two rays could make of it, for there may be several; and a little for rounding.
  double doubt_share = 1.5;
  double doubt_m = 0.02;
};

// Fast pass over a quarter, rays to its rim with all that lies between told from them, as R2 does
// [Franklin94], but with rays close together and what hangs on the gaps between them settled.
// Rings of nodes are taken from the inside out. Even in the last ring several rays pass between
// neighbouring nodes; each keeps the steepest slope it met. Seen from the eye, an edge between
// nodes is a straight line in (tangent, slope), so a ray's crossing of it is exact. A node between
// two rays takes its horizon from both, in proportion; where kinks of the horizon, told from four
// rays, could make that miss the wanted height, the node's own ray is walked instead
// (exact_least_height_m, R3 of [Franklin94]).
//
// Answers each node of the quarter within range, and leaves the others as they are. Nodes on the
// diagonals belong to the north and the south. As a height: the least visible one above ground,
// below 0 where the ground is seen with room to spare; NaN over voids. As a sight: whether
// `wanted_m` is seen; `not_asked` over voids.
void sweep(const GroundGrid& grid, const Eye& eye, const SweepSettings& settings, Quarter quarter,
           std::vector<float>& least_m);
void sweep(const GroundGrid& grid, const Eye& eye, const SweepSettings& settings, Quarter quarter,
           std::vector<Sight>& sight);

}  // namespace marsad::terrain
