// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "store/detection_blob.h"

// Any bytes are refused, or are exactly what writing them again gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  const auto blob = marsad::store::decode(bytes);
  if (!blob) return 0;
  const auto again = marsad::store::encode(blob->pose, blob->detections);
  CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  return 0;
}
