// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "base/check.h"
#include "video/decode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto image = marsad::video::decode_image({data, size}, "image");
  if (image) CHECK(!image->counts.empty() && image->bits >= 8 && image->bits <= 16);
  return 0;
}
