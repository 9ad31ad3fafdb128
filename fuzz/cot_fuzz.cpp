// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "exchange/cot.h"

// Any bytes are refused with words, or give an event whose place is on Earth.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = marsad::exchange::read_cot({reinterpret_cast<const char*>(data), size});
  if (!event) {
    CHECK(!event.error().message.empty());
    return 0;
  }
  CHECK(!event->uid.empty() && event->start <= event->stale);
  CHECK(std::abs(event->place.lat_rad) < 1.6 && std::abs(event->place.lon_rad) < 3.2);
  return 0;
}
