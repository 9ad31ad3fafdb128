// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "detect/detection.h"
#include "locate/plot.h"
#include "video/encode.h"
#include "video/frame.h"

namespace marsad::service {

// A frame with what was found in it.
struct Picture {
  std::shared_ptr<const video::Frame> frame;
  std::vector<detect::Detection> detections;
};

// The newest frames of every camera, for the page's live picture and for cut-outs of incidents.
// Any thread.
class PictureDesk {
 public:
  void put(Picture picture);
  std::optional<Picture> newest(const sensor::SensorId& camera) const;
  // The frame a detection came from, while it is still held (about a second).
  std::optional<Picture> of(const sensor::SensorId& camera, const locate::Cause& cause) const;

 private:
  mutable std::mutex mutex_;
  std::map<sensor::SensorId, std::deque<Picture>> held_;
};

// The mover with some ground around it, enlarged, as JPEG; none where the frame is gone.
std::optional<video::Bytes> cut_out(const Picture& picture, const locate::Cause& cause);

}  // namespace marsad::service
