// SPDX-License-Identifier: Apache-2.0
#include "service/terrain_tiles.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::service {
namespace {

constexpr int kTileSide_px = 256;
constexpr int kDeepestZoom = 18;

// Latitude of a place this far down a world of height 1.
double mercator_latitude(double down) {
  return std::atan(std::sinh(std::numbers::pi * (1 - 2 * down)));
}

video::Rgb terrarium(double height_m) {
  const double raised = std::clamp(height_m + 32'768, 0.0, 65'535.996);
  const auto whole = static_cast<unsigned>(raised);
  return {static_cast<std::uint8_t>(whole / 256), static_cast<std::uint8_t>(whole % 256),
          static_cast<std::uint8_t>((raised - whole) * 256)};
}

}  // namespace

std::optional<video::Bytes> terrain_tile(const terrain::Elevation& elevation, int zoom, int x,
                                         int y) {
  if (zoom < 0 || zoom > kDeepestZoom) return std::nullopt;
  const double world_px = std::ldexp(kTileSide_px, zoom);
  const auto longitude = [&](double column) {
    return ((x * kTileSide_px + column) / world_px * 2 - 1) * std::numbers::pi;
  };
  const auto latitude = [&](double row) {
    return mercator_latitude((y * kTileSide_px + row) / world_px);
  };
  const terrain::Bounds bounds = elevation.bounds();
  if (longitude(0) > bounds.east_rad || longitude(kTileSide_px) < bounds.west_rad ||
      latitude(0) < bounds.south_rad || latitude(kTileSide_px) > bounds.north_rad) {
    return std::nullopt;
  }
  video::Image<video::Rgb> tile(kTileSide_px, kTileSide_px);
  double newest_m = elevation.highest_m().value_or(0);  // stands in for voids
  for (int row = 0; row < kTileSide_px; ++row) {
    const double lat_rad = std::clamp(latitude(row + 0.5), bounds.south_rad, bounds.north_rad);
    for (int column = 0; column < kTileSide_px; ++column) {
      const double lon_rad = std::clamp(longitude(column + 0.5), bounds.west_rad, bounds.east_rad);
      newest_m = elevation.height_m(lat_rad, lon_rad).value_or(newest_m);
      tile.at(column, row) = terrarium(newest_m);
    }
  }
  return video::encode_png(tile);
}

}  // namespace marsad::service
