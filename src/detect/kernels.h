// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

// The detector's inner loops, over one row of a picture each, on the widest vectors the machine
// has. No operation crosses lanes but sums of whole numbers, so every machine gives the same bits.
namespace marsad::detect::kernels {

using Counts = std::span<const std::uint16_t>;
using Row = std::span<const float>;

// Counts as floats.
void widen(Counts counts, std::span<float> out);

// How a row is taken out of two neighbouring rows of the frame: fx, fy are the parts of a pixel to
// the right and down.
struct Blend {
  float fx = 0;
  float fy = 0;
  float offset = 0;  // counts, taken off first
  float scale = 1;   // then multiplied by
};

// out = blend(upper, lower) - mean. The two rows are longer than the others by one.
void subtract(Row upper, Row lower, const Blend& blend, Row mean, std::span<float> out);

// out = (counts - offset) * scale - mean: the same for a frame that does not lie between pixels.
void subtract_still(Counts counts, float offset, float scale, Row mean, std::span<float> out);

// Sums of three rows; `sums` begins one before the first pixel and ends one behind the last, where
// the picture's edge is repeated.
void add_three(Row above, Row here, Row below, std::span<float> sums);

// Two thresholds in noises, and the pixels a row has beyond the second.
struct Limits {
  float grown = 0;
  float plain = 0;
};

// Marks where the mean of 3 by 3 differences, from the sums of columns, is above (1) or below (2)
// `grown` times noise times factor, else 0. Returns how many are beyond `plain` times the noise.
std::uint32_t mark(Row sums, Row noise, Row factors, const Limits& limits,
                   std::span<std::uint8_t> marks);

// Counts the pixels whose mean of 3 by 3 differences lies beyond `level` times the noise.
std::uint32_t count_beyond(Row sums, Row noise, float level);

// Shares of a frame that are learnt, by what stands before a pixel (Holder).
struct Shares {
  float mean = 0;
  float mean_held = 0;
  float noise = 0;
  float noise_doubtful = 0;
  float noise_rising = 0;
  float least_noise = 0;
};

// Learns mean and noise from differences and their sums of columns.
void learn(Row differences, Row sums, std::span<const std::uint8_t> held, const Shares& shares,
           std::span<float> mean, std::span<float> noise);

}  // namespace marsad::detect::kernels
