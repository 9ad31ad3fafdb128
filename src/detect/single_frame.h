// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/confirmation.h"
#include "detect/detection.h"
#include "detect/small_target.h"
#include "video/frame.h"

namespace marsad::detect {

// What can be told of frames that fit no background, because the camera moves too fast or what it
// sees has too little structure: the small targets of each frame, believed when seen in three
// frames. A picture that only jumps is none of these: nothing is told before the fourth such frame
// in a row. One thread.
class SingleFrame {
 public:
  // `sensitivity` from 0 to 1, as the detector's.
  SingleFrame(double sensitivity, int smallest_area_px);

  // Takes a frame that fits no background; returns the targets believed in, strongest first.
  std::vector<Candidate> process(const video::Frame& frame);
  // Takes notice of a frame that did fit.
  void skip();
  void forget();

 private:
  SmallTargetSettings settings_;
  int smallest_area_px_;
  Confirmation confirmation_;
  int frames_ = 0;  // in a row
};

// A small target as a detection; the error of its centroid follows from the clutter around it, as
// from noise of each pixel's weight.
Detection measure(const Candidate& candidate, const video::Image<std::uint16_t>& frame);

}  // namespace marsad::detect
