// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// The viewshed's inner loops, on the widest vectors the machine has. No sum or product crosses
// lanes, so every machine gives the same bits. How they work together: viewshed_sector.h.
namespace marsad::terrain::kernels {

// What may be read and written behind the end of every array given here.
inline constexpr std::size_t kPad = 64;
// The slope of what is not there: it hides nothing.
inline constexpr float kNoSlope = -1e30F;

// One ring of nodes, all at `x` steps from the observer. Node j lies j - lateral_origin steps
// aside.
struct Ring {
  float x = 0;
  float lateral_origin = 0;  // 0 to 1
  float eye_m = 0;           // height of the observer's eye
  float along_drop_m = 0;    // (1 - k) / 2R, times what x steps are in metres squared
  float lateral_drop_m = 0;  // (1 - k) / 2R, times what a lateral step is in metres squared
};

// Heights of nodes `first` to `first + count - 1` as seen from the eye: metres above its level
// (NaN where void), and slopes, metres a step, which are kNoSlope where void.
void project(const Ring& ring, const float* heights_m, int first, std::size_t count, float* above_m,
             float* slopes);

// The horizon along rays that all go to one side. Ray r goes tangents[r] steps aside for one along.
struct Rays {
  const float* tangents = nullptr;
  float* horizon = nullptr;  // the steepest slope met so far
  std::size_t count = 0;
};

// Slopes of the nodes of two neighbouring rings, node 0 first; negative ones lie before it.
struct Edges {
  const float* before = nullptr;
  const float* here = nullptr;
  const float* one_over_lateral = nullptr;  // 1 / |steps aside| of each node
  float x_before = 0;
  float x_here = 0;
  float lateral_origin = 0;
  // Between two nodes the Earth bulges by (1 - k) / 2R times the square of the step, times p (1 -
  // p) where p is the part of the way; this is the factor, as a slope.
  float along_bulge = 0;
  float lateral_bulge = 0;
};

// Raises the horizon by the edges that rays cross between two rings and on the second of them.
void advance_right(const Edges& edges, const Rays& rays);
void advance_left(const Edges& edges, const Rays& rays);

// What is asked of the cells of a ring.
struct Question {
  float x = 0;
  float lateral_origin = 0;
  float rays_per_tangent = 0;
  float side = 1;         // 1: nodes and rays to the right, -1: to the left
  float wanted_m = 0;     // the height above ground that must be told from "less than"
  float doubt_share = 1;  // how much of what it may be off by is doubted
  float doubt_m = 0;      // what is nearer than this to it can't be told, at least
  float most_kink_m = 0;  // so far at most from a line through two rays is the horizon between them
};

// Height above ground that must be reached to be seen at nodes `first` to `first + count - 1`
// (may be below 0; NaN over voids), from the rays on either side of each; horizon[-1], the ray on
// the other side of the middle, and two beyond the last node are asked too. Where the four rays
// around a node do not lie on a line, the height is doubtful by as much as that makes between them.
// Returns how many lie too near `wanted_m` to be told from it, and their numbers from `first` in
// `doubtful`.
std::size_t least_heights(const Question& question, const float* horizon, const float* above_m,
                          int first, std::size_t count, float* least_m, std::int32_t* doubtful);

// Sees to it that to[i * to_stride + j] is from[j * from_stride + i], for i below 4 * fours.
void transpose_fours(const float* from, std::ptrdiff_t from_stride, float* to,
                     std::ptrdiff_t to_stride, int fours, std::size_t count);

}  // namespace marsad::terrain::kernels
