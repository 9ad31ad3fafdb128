// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sensor/health.h"
#include "video/frame.h"

namespace marsad::detect {

struct PictureHealthSettings {
  int width_px = 0;  // of the pictures, as the site has it
  int height_px = 0;
  double clock_tolerance_s = 2;  // a live camera's times may be so far from the host's
  // Of the camera. Where it is told and frames bring their pose, a camera that turned as its pose
  // says has not moved.
  std::optional<double> horizontal_fov_rad = std::nullopt;
};

// Tells from the pictures of one camera what is wrong with it: covered, blinded, frozen, moved,
// defocused, saturated, dead_pixels, noisy, slow, clock_wrong, wrong_size.
//
// It learns what is usual over the first two minutes, is silent about what needs that for the first
// eight seconds, and follows slow changes (a time constant of ten minutes) while nothing is wrong.
// So it knows a camera only since it was started: one that starts out of focus is held to be so
// by nature. What has too little structure (even sky, a picture under 64 px) can't be told from a
// covered lens, and isn't. Once a second it looks at the whole picture, else at 2000 pixels.
// What is usual belongs to one view: where the frames' poses say that the camera turned, it is
// learnt anew, and while a camera pans without rest nothing is said that needs it.
// Deterministic: time comes from the frames. One thread.
class PictureHealth {
 public:
  explicit PictureHealth(const PictureHealthSettings& settings);
  ~PictureHealth();
  PictureHealth(PictureHealth&&) noexcept;
  PictureHealth& operator=(PictureHealth&&) noexcept;

  // Looks at the next frame and gives all that is wrong as of it. `arrived` is the host's time at
  // which a live camera's frame came in; none for recordings.
  std::vector<sensor::Condition> look(const video::Frame& frame,
                                      std::optional<base::Time> arrived = std::nullopt);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::detect
