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

// Something went wrong in a source that goes on, or came right again: a corrupt frame, a lost
// connection, frames of which nobody tells where their camera looked.
struct Fault {
  enum class Kind { corrupt_frame, disconnected, reconnected, no_pointing, pointing_again };
  Kind kind = Kind::corrupt_frame;
  std::string what;  // file or address, what was found, what was expected
};

// The source has no more frames.
struct End {};

using Event = std::variant<Frame, Fault, End>;

struct SourceInfo {
  int width_px = 0;  // both 0 for an RTSP address until its first frame
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

// Opens a folder of images, a video file, a CPTV recording or an RTSP address; an error says what
// was found and expected. A frame may differ in size from the ones before. How each kind numbers
// and times its frames:
// - Folder: the number is the last one in the file's name; the first file is at `start` and the
//   numbers count frames at `fps`, so a gap in the numbers is a gap in time. PNG, TIFF, JPEG, PGM.
// - Video file: numbers count from 0, and a picture that can't be decoded keeps its own. The first
//   is at `start`, the others by the file's times; at `fps` where it has none.
// - CPTV (.cptv): numbers count from 0 without background frames. The first is at the UTC time in
//   the header, or at `start` where there is none, the others by the recording's times.
// - RTSP (rtsp://): numbers count from 0 over all connections. The time is the first frame's
//   arrival and the camera's time differences since, anew after each connection. Opening does not
//   connect: a camera that is not there is a Fault, tried again after 0.5 s, later up to 15 s.
base::Result<std::unique_ptr<FrameSource>> open_source(const SourceSettings& settings);

}  // namespace marsad::video
