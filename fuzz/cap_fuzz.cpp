// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "exchange/cap.h"

// Any bytes are refused with words, or give an alert whose every place is on Earth.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto alert = marsad::exchange::read_cap({reinterpret_cast<const char*>(data), size});
  if (!alert) {
    CHECK(!alert.error().message.empty());
    return 0;
  }
  CHECK(!alert->identifier.empty());
  for (const auto& info : alert->infos) {
    for (const auto& circle : info.circles) {
      CHECK(circle.radius_m >= 0 && std::abs(circle.middle.lat_rad) < 1.6);
    }
    for (const auto& polygon : info.polygons) CHECK(polygon.size() >= 4);
  }
  return 0;
}
