// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace marsad::sensor {

// Of a thermal camera, what its lens's focal length does not tell. The defaults are those of a good
// uncooled one.
struct ThermalOptics {
  double netd_K = 0.05;  // noise of a pixel in a frame, as a difference of temperature
  double pitch_um = 12;  // between pixels' middles
  double f_number = 1.2;
  double wavelength_um = 10;  // the middle of its band
  double jitter_px = 0;       // of the boresight within a frame, one sigma
  double frames_per_s = 25;
};

}  // namespace marsad::sensor
