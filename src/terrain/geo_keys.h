// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marsad::terrain {

inline constexpr double kWgs84SemiMajor_m = 6378137;
inline constexpr double kWgs84InverseFlattening = 298.257223563;

// A coordinate system as a GeoTIFF tells it [GeoTIFF]: the values of its three tags.
struct GeoKeys {
  std::vector<std::uint16_t> directory;  // GeoKeyDirectoryTag
  std::vector<double> numbers;           // GeoDoubleParamsTag
  std::string words;                     // GeoAsciiParamsTag
};

// What understood keys say.
struct KeyedSystem {
  bool is_geographic = false;  // on WGS 84 in degrees; else projected, in metres
  bool is_point = false;  // the raster's place is told by pixels' centres instead of their edges
};

// What the keys say where they are of the usual kind: the code of WGS 84's latitude and longitude,
// or of a UTM zone on WGS 84, NAD 83 or ETRS 89, and nothing that contradicts or adds to it. None
// where they are anything else.
std::optional<KeyedSystem> understood(const GeoKeys& keys);

// The same keys for a raster whose place is told by pixels' edges. Only for understood ones.
GeoKeys by_edges(GeoKeys keys);

}  // namespace marsad::terrain
