// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace marsad::wire {

// Longitude and latitude in degrees, as GeoJSON has them.
using LngLat = std::array<double, 2>;

}  // namespace marsad::wire
