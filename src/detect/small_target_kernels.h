// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

// The inner loops of the small-target detector, over one row of a picture each, on the widest
// vectors the machine has. No operation crosses lanes but sums of whole numbers, so every machine
// gives the same bits.
namespace marsad::detect::kernels {

using Row = std::span<const float>;

// Means of 2 by 2 pixels. A last pixel that has no neighbour is left out.
void halve(Row upper, Row lower, std::span<float> out);

// Smoothed by 1 2 1 both ways; the first and the last pixel are 0.
void smooth(Row above, Row here, Row below, std::span<float> out);

// Three rows of a picture, `reach` pixels apart.
struct Surroundings {
  Row above;
  Row here;
  Row below;
  int reach = 0;
};

// For each pixel, `reach` pixels and more from the row's ends: how far it is over the warmest, and
// under the coldest, of eight places around it. Returns how many are so by the limit or more.
std::uint32_t stand_out(const Surroundings& rows, Row limits, std::span<float> over,
                        std::span<float> under);

// For each pixel, `reach` pixels and more from the row's ends: the larger of the differences to the
// means of the two places across and of the two up and down.
void roughness(const Surroundings& rows, std::span<float> out);

// Sorts each column of a table that has `columns` numbers in a row and a power of two of rows, by
// Batcher's odd-even merge sort [Batcher68].
void sort_columns(std::span<float> table, std::size_t columns);

}  // namespace marsad::detect::kernels
