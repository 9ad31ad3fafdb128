// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "detect/similarity.h"
#include "sensor/camera.h"
#include "video/frame.h"

namespace marsad::detect {

// What a camera's turn from one pose to another does to its picture: where the picture now has
// what the one before had. The camera turns about its optical centre; where the poses stand is not
// looked at. A turn is no similarity (far from the middle, tangents stretch the picture), but it
// is nearly one in the middle of what both pictures show, and there it is told. None where the
// picture now shows less than a quarter of the one before, too little for either to be registered
// to the other.
std::optional<Similarity> turn_between(const sensor::Pose& before, const sensor::Pose& now,
                                       const sensor::CameraModel& model);

// Guesses from the poses that frames bring where they lie over a background.
class PoseGuess {
 public:
  // The camera's; without it the poses tell nothing.
  explicit PoseGuess(std::optional<double> horizontal_fov_rad)
      : horizontal_fov_rad_(horizontal_fov_rad) {}

  // Takes note of a frame that was found to fit the background.
  void fits(const video::Frame& frame) { pose_ = frame.pose; }
  // Where the next one is expected when that frame lay at `last`; `last` itself where no poses
  // tell of a turn, none where they say that too little of the background shows.
  std::optional<Similarity> expected(const video::Frame& frame, const Similarity& last) const;

 private:
  std::optional<double> horizontal_fov_rad_;
  std::optional<sensor::Pose> pose_;
};

}  // namespace marsad::detect
