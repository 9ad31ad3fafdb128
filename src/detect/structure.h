// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

// Where a picture has edges, coarsely: a cell for each block of pixels. What is hot or cold does
// not matter, so a scene keeps its structure when it warms and cools.
struct Structure {
  int cell_px = 0;
  video::Image<float> edges;  // steepness, 0 to 1, compressed so that no edge outweighs the others
  double steepness = 0;       // rms of the steepness between neighbouring cells, counts
};

// None where the live part is too small to have a structure.
std::optional<Structure> structure_of(const video::Image<std::uint16_t>& picture, const Box& live);

// How a structure lies over another one.
struct StructureFit {
  double likeness = 0;  // correlation, -1 to 1
  double shift_x_px = 0;
  double shift_y_px = 0;
};

// The likeness of `edges` where they lie, without a shift.
double likeness(const video::Image<float>& reference, const video::Image<float>& edges);

// The best fit with shifts of up to `reach_cells`, told to a fraction of a cell. Where a shift
// leaves less than a third of the picture common to both, it is not tried.
StructureFit best_fit(const video::Image<float>& reference, const video::Image<float>& edges,
                      int cell_px, int reach_cells);

// The same, going uphill from no shift: a third of the work where the scene is in its place, but it
// may stop on a lesser hill.
StructureFit near_fit(const video::Image<float>& reference, const video::Image<float>& edges,
                      int cell_px, int reach_cells);

// How far the picture is turned about its middle, clockwise, by how its left and right halves lie
// over the reference's: up to some degrees. None where the halves don't tell: too small, or less
// alike than `least_likeness`.
std::optional<double> turn_rad(const video::Image<float>& reference,
                               const video::Image<float>& edges, double least_likeness);

}  // namespace marsad::detect
