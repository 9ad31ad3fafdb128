// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "detect/detection.h"
#include "video/frame.h"

namespace marsad::detect {

// What a person may set.
struct DetectorSettings {
  double sensitivity = 0.5;  // 0: only the plainest movers, 1: the faintest
  int smallest_area_px = 4;
  bool moving = false;  // the camera rolls or swings all the time, as one on a balloon does
  // Of the camera. Where it is told and frames bring their pose, a turned camera's background is
  // looked for where the poses say; a view that shares too little with it is begun anew at once.
  std::optional<double> horizontal_fov_rad = std::nullopt;
};

struct DetectorOutput {
  std::vector<Detection> detections;
  video::Image<std::uint8_t> mask;  // 255 where a detection is, else 0; same size as the frame
};

// Why the last frame gave what it gave, for people's eyes. Images of the frame's size; empty before
// the second frame.
struct Explanation {
  video::Image<float> model;  // what the detector takes the picture to be without movers, counts
  video::Image<float> score;  // difference to that over its noise, positive where warmer
};

// Finds movers in the frames of one camera, that stares, sways, swings or is turned now and then.
// Deterministic: the same frames give the same detections. A frame of another size starts it anew.
// One thread.
class Detector {
 public:
  explicit Detector(DetectorSettings settings);
  ~Detector();
  Detector(Detector&&) noexcept;
  Detector& operator=(Detector&&) noexcept;

  DetectorOutput process(const video::Frame& frame);
  Explanation explain() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::detect
