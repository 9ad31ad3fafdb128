// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "detect/unrest.h"
#include "video/image.h"

namespace marsad::detect {

// What stands before a pixel of the background.
enum Holder : std::uint8_t {
  kNothing,
  kDoubtful,  // something plain that did not move yet: it may be a mover, or flicker
  kMover,
};

// How fast the background learns, as the share of a frame that goes into it.
struct LearningRates {
  float background = 0;
  float background_held = 0;  // under a mover, also a doubtful one
  float noise = 0;            // none is learnt under a mover
  float noise_doubtful = 0;
};

// What each pixel shows when nothing moves, and how much it flickers. Counts. Differences are means
// of 3 by 3 pixels, and so is the noise that they are measured against.
class Background {
 public:
  // A background of one frame, whose noise isn't known yet.
  explicit Background(const video::Image<float>& frame);

  // Compares a frame with the background.
  void compare(const video::Image<float>& frame);
  // Says how noisy the picture is as a whole, from the last comparison, where nothing is learnt
  // yet.
  void start_noise();

  // Marks the pixels of the last comparison warmer (1) or colder (2) than the background by
  // `threshold` times the noise, else 0. Returns how many differ by `plain` times the noise.
  std::size_t mark(const Unrest& unrest, float threshold, float plain,
                   video::Image<std::uint8_t>& marks) const;

  // Learns from the last comparison; `held` has a Holder for each pixel.
  void learn(const video::Image<float>& frame, const video::Image<std::uint8_t>& held,
             const LearningRates& rates);
  // Takes one pixel over from a frame.
  void replace(int x, int y, float value) { mean_.at(x, y) = value; }

  const video::Image<float>& mean() const { return mean_; }
  const video::Image<float>& difference() const { return difference_; }
  const video::Image<float>& noise() const { return noise_; }

 private:
  video::Image<float> mean_;
  video::Image<float> noise_;
  video::Image<float> difference_;
  float least_noise_ = 0;
};

}  // namespace marsad::detect
