// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "terrain/elevation.h"
#include "video/encode.h"

namespace marsad::service {

// A 256×256 map tile (Web Mercator, XYZ) of the ground in Terrarium encoding: height in metres is
// 256 r + g + b/256 - 32768. Beyond the elevation's edge the ground goes on level, so that the map
// shows no cliff there. None where the tile lies wholly outside.
std::optional<video::Bytes> terrain_tile(const terrain::Elevation& elevation, int zoom, int x,
                                         int y);

}  // namespace marsad::service
