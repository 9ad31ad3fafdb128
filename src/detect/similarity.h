// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <complex>

#include "detect/detection.h"
#include "video/image.h"

namespace marsad::detect {

// A place in a picture: the real part is x to the right, the imaginary part y down, in pixels.
using Place = std::complex<double>;

// A shift, rotation and scale of a picture about its middle c:
// p goes to c + scale * rotate(p - c) + shift. A positive rotation turns x towards y.
struct Similarity {
  double shift_x_px = 0;
  double shift_y_px = 0;
  double rotation_rad = 0;
  double scale = 1;
  bool operator==(const Similarity&) const = default;
};

// The middle of a picture: between its first and last pixels' centres.
Place middle_of(int width, int height);

Place apply(const Similarity& similarity, Place middle, Place place);

// A box as its middle is moved, by whole pixels; its size stays.
Box moved(const Box& box, const Similarity& similarity, Place middle);

// First `inner`, then `outer`.
Similarity compose(const Similarity& outer, const Similarity& inner);

Similarity inverse(const Similarity& similarity);

// How far a similarity moves the corner of a picture that it moves furthest.
double furthest_px(const Similarity& similarity, int width, int height);

// The columns of row y, first and one behind the last, whose places similarity(x, y) lie inside a
// box of the source; none where the two are the same.
std::array<int, 2> columns_inside(const Similarity& similarity, Place middle, int y, int width,
                                  const Box& box);

// Fills `out` with what `source` shows at similarity(x, y), between pixels by bilinear
// interpolation, and with `unknown` where that lies outside. Both pictures have the same size and
// so the same middle. Defined for float, std::int16_t and std::uint16_t; whole numbers are rounded.
template <class T>
void warp(const video::Image<T>& source, const Similarity& similarity, T unknown,
          video::Image<T>& out);

}  // namespace marsad::detect
