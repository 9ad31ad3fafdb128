// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "terrain/ground_map.h"

namespace marsad::terrain {

// What GroundMap::read_by_gdal reads, to the bit, without GDAL: for GeoTIFFs of the plain kind
// (plain_tiff.h, geo_keys.h) and places in the raster's own coordinates, or in latitude and
// longitude where the raster is in those of WGS 84. None for everything else, whether it could be
// read or is wrong: GDAL tells that.
std::optional<GroundMap> read_plain_map(const std::string& file, std::span<const MapPlace> places,
                                        double range_m);

// Layers of such a map, as write_layer writes them, without GDAL.
base::Result<void> write_plain_layer(const std::string& file, const GroundMap& map,
                                     const HeightLayer& layer, const std::string& told);
base::Result<void> write_plain_layer(const std::string& file, const GroundMap& map,
                                     const SightLayer& layer, const std::string& told);

}  // namespace marsad::terrain
