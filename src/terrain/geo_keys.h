// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marsad::terrain {

// A coordinate system as a GeoTIFF tells it [GeoTIFF]: the values of its three tags.
struct GeoKeys {
  std::vector<std::uint16_t> directory;  // GeoKeyDirectoryTag
  std::vector<double> numbers;           // GeoDoubleParamsTag
  std::string words;                     // GeoAsciiParamsTag
};

// What such a system says of lengths.
struct KeyedSystem {
  // Of a geographic system: its ellipsoid. Projected ones, whose unit is the metre, leave it 0.
  double semi_major_m = 0;
  double inverse_flattening = 0;
  bool is_wgs84 = false;  // geographic, in degrees, with WGS 84's datum
  bool is_point = false;  // the raster's place is told by pixels' centres instead of their edges
};

// What the keys say where they are of the usual kind: a code of WGS 84, WGS 72, NAD 83 or ETRS 89
// in degrees, or of a UTM zone on one of them, and nothing that contradicts or adds to it. None
// where they are anything else.
std::optional<KeyedSystem> understood(const GeoKeys& keys);

// The same keys for a raster whose place is told by pixels' edges. Only for understood ones.
GeoKeys by_edges(GeoKeys keys);

}  // namespace marsad::terrain
