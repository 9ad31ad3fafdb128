// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "terrain/geo_keys.h"

namespace marsad::terrain {

// What a GeoTIFF of one band says of its numbers.
struct TiffHead {
  int columns = 0;
  int rows = 0;
  // Where pixels lie, by their edges: x = c0 + c1 column, y = c3 + c5 row.
  std::array<double, 6> pixels{};
  GeoKeys keys;
  std::string nodata;  // the number that stands for none
  std::string unit;    // of the band; empty: none
  std::string told;    // a description for people
};

// Writes an uncompressed GeoTIFF that says what one written by GDAL would. The numbers are row by
// row from the first. The file appears when it is whole.
base::Result<void> write_plain_tiff(const std::string& file, const TiffHead& head,
                                    std::span<const float> numbers);
base::Result<void> write_plain_tiff(const std::string& file, const TiffHead& head,
                                    std::span<const std::uint8_t> numbers);

}  // namespace marsad::terrain
