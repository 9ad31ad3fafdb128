// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "detect/components.h"
#include "sensor/camera.h"
#include "video/image.h"

namespace marsad::detect {

struct SmallTargetSettings {
  double threshold_snr = 8;   // contrast over the local clutter from which on something is a target
  double least_contrast = 1;  // counts; below it the steps of the counts look like targets
  int largest_width_px = 64;
  int largest_height_px = 48;
  bool hot = true;
  bool cold = true;
};

// Something small that is warmer or colder than all that lies around it.
struct Candidate {
  Box box;                 // of what is over a third of the peak
  sensor::Pixel centroid;  // weighted with the contrast
  double contrast = 0;     // counts of the peak over the surroundings, negative where colder
  double snr = 0;          // contrast in the worst of eight directions over the local clutter
  std::vector<Run> runs;   // its pixels
};

// Finds small targets in a single frame, of a camera that may move: on the frame and on pictures of
// a half, a quarter and an eighth of its size, places that have contrast of one sign to all of
// eight places around them. An edge has none to its own side, so skylines and horizons are left
// out; clutter is measured locally, so that tree tops must stand out more than birds before the
// sky. The strongest first, at most 64. Defined for targets of 2 px to about a tenth of a picture
// of 640 columns.
std::vector<Candidate> find_small_targets(const video::Image<std::uint16_t>& frame,
                                          const SmallTargetSettings& settings);

}  // namespace marsad::detect
