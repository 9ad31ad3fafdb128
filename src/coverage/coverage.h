// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "geo/geodetic.h"
#include "sensor/camera.h"
#include "sensor/mover_class.h"
#include "terrain/elevation.h"

namespace marsad::coverage {

// Probability that a working camera detects a mover of this class at this place in one look:
// 0 outside its frame or behind the terrain, else falling with range as the mover's picture
// shrinks. The one visibility model of the house.
double detection_probability(const sensor::Camera& camera, const terrain::Elevation& elevation,
                             geo::Geodetic place, sensor::MoverClass mover);

// What a camera sees of the ground, for the map: rings of the area where a person standing would
// be in line of sight and in frame, within the range at which one is detected half the time.
struct Footprint {
  sensor::SensorId camera;
  std::vector<std::vector<geo::Geodetic>> rings;  // closed polygons, one for each visible patch
};
Footprint footprint(const sensor::Camera& camera, const terrain::Elevation& elevation);

}  // namespace marsad::coverage
