// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "detect/detector.h"
#include "mask/pixel_mask.h"
#include "service/toml_reader.h"

namespace marsad::service {

// Reads `sensitivity` and `smallest_area_px` of a table: [detect] for the whole site, a [[camera]]
// for one; `otherwise` holds where a key is missing.
detect::DetectorSettings read_detector(TomlReader::Table& table,
                                       detect::DetectorSettings otherwise);

// Reads a camera's `mask`: a picture's file, in which what is not black is masked, or a list of
// polygons in pixels. Null where there is none. The size is the camera's.
std::shared_ptr<const mask::PixelMask> read_mask(TomlReader::Table& table,
                                                 const std::filesystem::path& folder, int width_px,
                                                 int height_px);

}  // namespace marsad::service
