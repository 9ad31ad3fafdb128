// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "detect/detection.h"
#include "detect/fit_points.h"
#include "video/image.h"

namespace marsad::detect {

// How a frame lies over the background: frame(x + shift) = gain * background(x) + offset.
struct Alignment {
  static constexpr int kReach_px = 8;  // no shift is larger

  double shift_x_px = 0;
  double shift_y_px = 0;
  double gain = 1;
  double offset = 0;  // counts

  // Whether the shift is too small to be felt, so that pixels need no blending.
  bool is_still() const;
};

// Finds the alignment of a frame by weighted least squares on the differences, first on a picture
// of a quarter of the size, then at the points where the background is steepest [Lucas81]. Movers
// are down-weighted as outliers. Sees shifts of up to about 6 px from the one before.
class Aligner {
 public:
  // `live` is the part of the picture that shows something, without black borders.
  Aligner(const video::Image<float>& background, const Box& live);

  // Takes the background anew, which learns and so changes slowly.
  void set_background(const video::Image<float>& background);

  // None where no shift, gain and offset within reach explain the frame.
  std::optional<Alignment> align(const video::Image<std::uint16_t>& frame,
                                 const Alignment& before) const;

 private:
  Box live_;
  FitPoints coarse_;  // on the picture of a quarter of the size
  FitPoints fine_;
};

// The part of the picture inside borders of one even shade; all of it where it is all even.
Box live_part(const video::Image<std::uint16_t>& frame);

// The part of what is live that stays in view under a shift.
Box in_view(const Box& live, const Alignment& alignment, int width, int height);

}  // namespace marsad::detect
