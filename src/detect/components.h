// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

// Neighbouring pixels of one row: columns x_begin to x_end - 1.
struct Run {
  int y = 0;
  int x_begin = 0;
  int x_end = 0;
};

template <class Visit>
void each_pixel(const std::vector<Run>& runs, Visit visit) {
  for (const Run& run : runs)
    for (int x = run.x_begin; x < run.x_end; ++x) visit(x, run.y);
}

struct Component {
  std::uint8_t value = 0;  // the pixels' common value
  Box box;
  int area_px = 0;
  std::vector<Run> runs;  // rows top to bottom, left to right within one
};

// Adds a run to a component.
void append(const Run& run, Component& component);

// Groups the 8-connected pixels that share a value other than 0, leaving out groups of less than
// `least_px`. Ordered by first pixel.
std::vector<Component> connected_components(const video::Image<std::uint8_t>& labels,
                                            int least_px = 1);

// Gives pixels a value: those of runs, and what of a box lies in the picture.
void paint(const std::vector<Run>& runs, std::uint8_t value, video::Image<std::uint8_t>& picture);
void fill(const Box& box, std::uint8_t value, video::Image<std::uint8_t>& picture);

// The box with so many pixels more on each side, or less.
Box grown(const Box& box, int by);

// The smallest box around both.
Box enclosing(const Box& a, const Box& b);

// How many columns or rows lie between two boxes, the larger of the two; 0 or less where they touch
// or overlap.
int gap_px(const Box& a, const Box& b);

}  // namespace marsad::detect
