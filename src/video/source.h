// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>

#include "base/result.h"
#include "video/frame.h"

namespace marsad::video {

// Something went wrong in a source that goes on: a corrupt frame, a lost connection, one regained.
struct Fault {
  enum class Kind { corrupt_frame, disconnected, reconnected };
  Kind kind = Kind::corrupt_frame;
  std::string what;  // file or address, what was found, what was expected
};

// The source has no more frames.
struct End {};

using Event = std::variant<Frame, Fault, End>;

struct SourceInfo {
  int width_px = 0;
  int height_px = 0;
  std::optional<std::uint64_t> frames;  // how many there will be, where known
  std::string description;              // "H.264, 640×512, 25 frames/s"
  bool live = false;                    // arrives at its own pace, can't be read faster
};

// Where frames come from. One thread.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  FrameSource() = default;
  FrameSource(const FrameSource&) = delete;
  FrameSource& operator=(const FrameSource&) = delete;

  virtual const SourceInfo& info() const = 0;
  // Waits for what comes next; End once the source is over or a stop was asked for.
  virtual Event next(std::stop_token stop) = 0;
};

struct SourceSettings {
  sensor::SensorId camera;
  std::string location;       // folder, file or rtsp:// address
  std::optional<double> fps;  // for sources without times of their own; else 25
  // Time of the first frame for sources whose times are relative (files, folders).
  base::Time start;
};

// Opens a folder of images, a video file, a CPTV recording or an RTSP address.
base::Result<std::unique_ptr<FrameSource>> open_source(const SourceSettings& settings);

}  // namespace marsad::video
