// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "base/time.h"
#include "sensor/camera.h"
#include "video/image.h"

namespace marsad::video {

// One thermal image. Counts are as the camera gave them: 8-bit sources fill 0..255, raw ones up to
// 16 bits; more counts mean warmer.
struct Frame {
  sensor::SensorId camera;
  std::uint64_t number = 0;  // in the source, as the source counts (a file in000017.png is 17)
  base::Time time;
  int bits = 8;  // significant bits of a count, 8 to 16
  Image<std::uint16_t> counts;
  std::optional<sensor::Pose> pose;  // where the source tells it; else the site's
  // Above 0 where a privacy mask has overwritten the counts, of their size; null where none did.
  std::shared_ptr<const Image<std::uint8_t>> hidden = nullptr;
};

}  // namespace marsad::video
