// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detect/alignment.h"
#include "detect/detection.h"
#include "detect/registration.h"
#include "video/image.h"

namespace marsad::detect {

class Unrest;

// What stands before a pixel of the background.
enum Holder : std::uint8_t {
  kNothing,
  kDoubtful,  // something plain that did not move yet: it may be a mover, or flicker
  kMover,
  kRising,  // it begins to differ, not yet enough to be anything
};

// How fast the background learns, as the share of a frame that goes into it.
struct LearningRates {
  float background = 0;
  float background_held = 0;  // under a mover, also a doubtful one
  float noise = 0;            // none is learnt under a mover
  float noise_doubtful = 0;
  float noise_rising = 0;  // where something begins to differ; the background is learnt as usual
};

// What each pixel shows when nothing moves, and how much it flickers. Counts. Differences are means
// of 3 by 3 pixels, and so is the noise that they are measured against.
class Background {
 public:
  // A background of one frame, whose noise isn't known yet.
  explicit Background(const video::Image<std::uint16_t>& frame);

  // Takes a frame, straightened by its alignment, to compare with the background.
  void compare(const video::Image<std::uint16_t>& frame, const Alignment& alignment);
  // The same for a frame of a moving camera, which lies over the background by a similarity; `live`
  // is the part of the frame that shows something. Where it shows nothing of the background there
  // is no difference.
  void compare(const video::Image<std::uint16_t>& frame, const Registration& registration,
               const Box& live);
  // Moves the background along with the camera: where it showed p it then shows similarity(p). What
  // comes into view is taken over from the frame, which lies over the background as it was.
  void carry(const Similarity& similarity, const video::Image<std::uint16_t>& frame,
             const Registration& registration);
  // Says how noisy the picture is as a whole, from the last comparison, where nothing is learnt
  // yet.
  void start_noise();

  // Measures from the last comparison by how far edges sway that no alignment takes out (haze, a
  // mast that hums): what differs at edges beyond the picture's noise, over their steepness.
  void measure_sway();

  // Marks the pixels of the last comparison that are warmer (1) or colder (2) than the background
  // by `threshold` times the noise, else 0, and 0 outside `view`. Returns how many pixels differ
  // by `plain` times the noise, all over the picture.
  std::size_t mark(const Unrest& unrest, float threshold, float plain, const Box& view,
                   video::Image<std::uint8_t>& marks) const;

  // Learns from the last comparison, in every `step`th row from `first` on; `held` has a Holder for
  // each pixel.
  void learn(const video::Image<std::uint8_t>& held, const LearningRates& rates, int first,
             int step);
  // Takes one pixel over from the frame.
  void replace(int x, int y);

  const video::Image<float>& mean() const { return mean_; }
  const video::Image<float>& noise() const { return noise_; }
  // What no pixel's noise is below.
  float least_noise() const;
  // The frame's pixel, straightened, in the background's counts.
  float frame(int x, int y) const { return mean_.at(x, y) + differences_.at(x, y); }
  // The mean of 3 by 3 differences of the frame from the background.
  float difference(int x, int y) const;
  float sway_px() const { return sway_px_; }
  // How steep the background is, counts a pixel.
  float steepness(int x, int y) const;
  // Sums of the differences of three rows; one before the first pixel to one behind the last.
  void sum_columns(int y, std::span<float> sums) const;

 private:
  video::Image<float> mean_;
  video::Image<float> noise_;
  video::Image<float> differences_;  // of the last comparison, pixel by pixel
  float told_noise_ = 0;             // of the picture as a whole, at the start
  float sway_px_ = 0;
};

}  // namespace marsad::detect
