// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "video/image.h"

namespace marsad::video {

using Bytes = std::vector<std::uint8_t>;

struct Rgb {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  bool operator==(const Rgb&) const = default;
};

Bytes encode_png(const Image<std::uint8_t>& image);
Bytes encode_png(const Image<std::uint16_t>& image);
Bytes encode_png(const Image<Rgb>& image);
// `quality` from 1 to 100.
Bytes encode_jpeg(const Image<std::uint8_t>& image, int quality);

base::Result<void> write_file(const std::string& path, const Bytes& bytes);

// For people's eyes: stretches the counts between their 0.5 and 99.5 percentiles to 0..255.
Image<std::uint8_t> to_8_bit(const Image<std::uint16_t>& counts);

}  // namespace marsad::video
