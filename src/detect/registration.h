// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "detect/detection.h"
#include "detect/picture_fit.h"
#include "detect/similarity.h"
#include "detect/steep_points.h"
#include "video/image.h"

namespace marsad::detect {

// How a frame lies over the reference: frame(similarity(p)) = gain * reference(p) + offset.
struct Registration {
  Similarity similarity;
  double gain = 1;
  double offset = 0;  // counts
  Agreement agreement;
};

// Registers the frames of a camera that pans, rolls or hangs from a balloon to a reference picture:
// shifts of up to a quarter of the picture, 5 degrees and 5 % from a guess. Deterministic.
class Registrar {
 public:
  // `live` is the part of the picture that shows something, without black borders; it must lie
  // inside the picture. Float pictures may be a learnt background.
  void set_reference(const video::Image<float>& picture, const Box& live);
  void set_reference(const video::Image<std::uint16_t>& picture, const Box& live);

  // `guess` is where the frame is expected, best that of the frame before (moved on where the
  // camera turns evenly). None where nothing can be registered: no reference, a frame of another
  // size, a frame that shows nothing or something else, or one further off than is looked for.
  std::optional<Registration> register_frame(const video::Image<std::uint16_t>& frame,
                                             const Similarity& guess) const;

 private:
  // A reference made smaller.
  struct Level {
    int factor = 1;  // pixels of the frame to one of this level's
    SteepPoints points;
  };

  std::optional<Registration> settle(const video::Image<std::uint16_t>& frame,
                                     const Similarity& from) const;
  Registration registration_of(const video::Image<std::uint16_t>& frame, const Fit& fit) const;
  void descend(const std::vector<video::Image<float>>& smaller, std::size_t count, Fit& fit) const;
  Similarity search(const std::vector<video::Image<float>>& smaller, const Similarity& guess) const;

  int width_px_ = 0;
  int height_px_ = 0;
  Box live_;
  SteepPoints points_;
  std::vector<Level> levels_;      // a quarter of the size, then each half of the one before
  video::Image<float> structure_;  // of the smallest level
};

}  // namespace marsad::detect
