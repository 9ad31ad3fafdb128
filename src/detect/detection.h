// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"
#include "sensor/camera.h"
#include "sensor/mover_class.h"

namespace marsad::detect {

struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Box&) const = default;
};

// A warm, cold or moving thing in one frame. Pixels.
struct Detection {
  std::uint32_t index = 0;  // in its frame; camera, frame and index name a detection for good
  Box box;
  sensor::Pixel centroid;
  sensor::CovPixel cov_px2;  // of the centroid
  int area_px = 0;
  double contrast = 0;  // mean difference to the background in counts, negative where colder
  double snr = 0;       // peak difference over the background's noise
  sensor::ClassProbabilities classes = sensor::kUnknownClass;
};

// All that was found in one frame, also when that is nothing.
struct FrameDetections {
  sensor::SensorId camera;
  std::uint64_t frame = 0;
  base::Time time;
  sensor::Pose pose;  // the camera's at that time
  std::vector<Detection> detections;
};

}  // namespace marsad::detect
