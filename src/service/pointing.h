// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "sensor/pointing_log.h"
#include "service/site.h"
#include "service/toml_reader.h"
#include "simulate/scenario.h"
#include "video/source.h"

namespace marsad::service {

// Reads the log that a camera's `pointing` names. Null where it names none.
std::shared_ptr<const sensor::PointingLog> read_pointing(TomlReader::Table& table,
                                                         const std::filesystem::path& folder);

// The same source, whose frames have the poses of the camera's pointing log. Where the log does not
// reach, frames stay as they are, so that the site's aim holds, and a Fault says so before the
// first of them, and again before the first that has a pose. Without a log, `source` itself.
std::unique_ptr<video::FrameSource> with_pointing(const SiteCamera& camera,
                                                  std::unique_ptr<video::FrameSource> source);

// How a simulated camera moves whose first frame is at `start`: turned as its log says.
simulate::CameraMotion motion_of(const SiteCamera& camera, base::Time start);

}  // namespace marsad::service
