// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "video/decode.h"

namespace marsad::video {

// Reads a binary grey map ("P5"). Counts stay as they are, where libav would stretch 14 bits to 16;
// the bits are those of the largest count the header allows.
base::Result<StillImage> decode_pgm(std::span<const std::uint8_t> bytes, const std::string& where);

}  // namespace marsad::video
