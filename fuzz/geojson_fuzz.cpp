// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "wire/earthworks.h"
#include "wire/geojson.h"

// Any bytes are refused with words, or give features whose every place is on Earth, and earthworks
// that have a cross-section.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = marsad::wire::read_earthworks(text, "fuzz.geojson");
  for (const marsad::terrain::Earthwork& work : read.works) {
    CHECK(work.line.size() >= 2 && work.height_m > 0 && work.width_m > 0);
    CHECK(work.crest_width_m >= 0 && work.crest_width_m <= work.width_m);
  }
  for (const marsad::base::Error& error : read.errors) CHECK(!error.message.empty());
  const auto features = marsad::wire::read_geojson(text, "fuzz.geojson");
  if (!features) {
    CHECK(!features.error().message.empty());
    return 0;
  }
  for (const marsad::wire::Feature& feature : *features) {
    for (const auto& [lng, lat] : feature.coordinates) {
      CHECK(std::abs(lng) <= 180 && std::abs(lat) <= 90);
    }
  }
  return 0;
}
