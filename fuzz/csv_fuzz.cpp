// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "base/check.h"
#include "detect/csv.h"
#include "sensor/pointing_log.h"
#include "track/csv.h"

// Any table of detections, poses or plots is refused with words, or its scans are in order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::istringstream detections(text);
  const auto read = marsad::detect::read_detections(detections, "fuzz.csv",
                                                    [](const marsad::detect::FrameDetections&) {});
  CHECK(read.has_value() || !read.error().message.empty());
  std::istringstream poses(text);
  const auto log = marsad::sensor::PointingLog::read(poses, "fuzz.csv");
  CHECK(log.has_value() ? !log->span().empty() : !log.error().message.empty());
  std::istringstream plots(text);
  const auto scans =
      marsad::track::read_plots(plots, "fuzz.csv", marsad::geo::LocalFrame({0.6, 0.7, 0}));
  if (!scans) return 0;
  for (std::size_t i = 1; i < scans->size(); ++i) {
    CHECK((*scans)[i - 1].time <= (*scans)[i].time);
  }
  return 0;
}
