// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "video/image.h"

namespace marsad::video {

// One picture. 8-bit files fill 0..255, deeper ones keep their counts.
struct StillImage {
  Image<std::uint16_t> counts;
  int bits = 8;  // significant bits of a count as the format declares them, 8 to 16
};

// Reads a PNG, TIFF, JPEG or PGM picture, told apart by its first bytes; colour becomes luma. An
// error where it is damaged or cut short, or has more than 2^26 pixels. `where` names it in errors.
base::Result<StillImage> decode_image(std::span<const std::uint8_t> bytes,
                                      const std::string& where);
base::Result<StillImage> read_image(const std::string& path);
// Whether a file is named like such a picture.
bool is_image(const std::string& path);

}  // namespace marsad::video
