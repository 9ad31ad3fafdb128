// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "sensor/pointing_log.h"
#include "service/site.h"
#include "service/toml_reader.h"
#include "simulate/scenario.h"
#include "video/source.h"

namespace marsad::service {

// Reads the log that a camera's `pointing` names. Null where it names none.
std::shared_ptr<const sensor::PointingLog> read_pointing(TomlReader::Table& table,
                                                         const std::filesystem::path& folder);

// Tells where a camera looked in each of its frames, which are asked about in their order.
class FramePoses {
 public:
  explicit FramePoses(const SiteCamera& camera);

  struct Told {
    // By the camera's pointing log; none where it does not reach, so that the site's aim holds, and
    // without a log.
    std::optional<sensor::Pose> pose;
    // Where the log begins or ceases to reach.
    std::optional<video::Fault> fault;
  };
  Told at(std::uint64_t frame, base::Time time);

 private:
  video::Fault fault_of(std::uint64_t frame, base::Time time) const;

  sensor::SensorId camera_;
  std::shared_ptr<const sensor::PointingLog> log_;
  sensor::Pose aim_;
  std::optional<base::Time> first_;
  bool tells_ = true;
};

// The same source, whose frames have the poses of the camera's pointing log. Where the log does not
// reach, frames stay as they are, so that the site's aim holds, and a Fault says so before the
// first of them, and again before the first that has a pose. Without a log, `source` itself.
std::unique_ptr<video::FrameSource> with_pointing(const SiteCamera& camera,
                                                  std::unique_ptr<video::FrameSource> source);

// How a simulated camera moves whose first frame is at `start`: turned as its log says.
simulate::CameraMotion motion_of(const SiteCamera& camera, base::Time start);

}  // namespace marsad::service
