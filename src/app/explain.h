// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>

#include "base/result.h"
#include "detect/detection.h"
#include "detect/detector.h"
#include "video/frame.h"

namespace marsad::app {

// Which frames are explained.
struct ExplainSettings {
  std::string folder;       // none are where it is empty
  std::uint64_t every = 1;  // one in so many
  std::uint64_t from = 0;   // the first frame's number
  std::optional<std::uint64_t> most;
};

// Writes a folder of pictures that tell why detections were found, and index.html, which shows them
// one below the other.
class ExplainWriter {
 public:
  // Makes the folder.
  static base::Result<ExplainWriter> open(const ExplainSettings& settings);

  // Takes the next frame with what the detector says of it.
  base::Result<void> take(const video::Frame& frame,
                          const std::vector<detect::Detection>& detections,
                          const detect::Detector& detector);
  base::Result<void> close();

 private:
  ExplainWriter(const ExplainSettings& settings, std::ofstream index);

  ExplainSettings settings_;
  std::ofstream index_;
  std::uint64_t offered_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace marsad::app
