// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marsad::service {

// A key of a camera's table and its new value.
struct CameraValue {
  std::string key;
  double value = 0;
};

// The text of a site.toml with these values for one camera. Only the values change: comments, order
// and everything else stay as they are. A key that is not there yet gets a line below azimuth_deg.
// Errors: not TOML, no such camera, its keys not on lines of their own.
base::Result<std::string> with_camera_values(std::string_view text, std::string_view camera,
                                             const std::vector<CameraValue>& values);

// Whether a camera's table has this key.
bool has_camera_key(std::string_view text, std::string_view camera, std::string_view key);

// The lines of those values, as site.toml has them.
std::string camera_lines(const std::vector<CameraValue>& values);

// Replaces a file at once, or leaves it as it was; who may read it stays the same.
base::Result<void> replace_text(const std::filesystem::path& file, std::string_view text);

}  // namespace marsad::service
