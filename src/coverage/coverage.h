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
//
// A mover on the ground stands on the elevation's ground and its earthworks (on a berm, in a
// trench), whatever height `place` has, and is in sight where its top is; where the ground is
// unknown, and for aircraft and birds, the height counts as given. The fall with range is
// resolution alone [Johnson1958, Holst2008]: clear air and a mover that differs from its
// background.
double detection_probability(const sensor::Camera& camera, const terrain::Elevation& elevation,
                             geo::Geodetic place, sensor::MoverClass mover);

// The same for a mover in frame and in sight at this slant range.
double detection_probability_at(const sensor::CameraModel& model, double range_m,
                                sensor::MoverClass mover);

// The slant range at which a mover in frame and in sight is detected half the time.
double half_detection_range_m(const sensor::CameraModel& model, sensor::MoverClass mover);

// What a camera sees of the ground, for the map: rings of the area where a person standing would
// be in line of sight and in frame, within the range at which one is detected half the time. The
// rings don't overlap and have no holes: ground hidden in the midst of what is seen parts them.
struct Footprint {
  sensor::SensorId camera;
  std::vector<std::vector<geo::Geodetic>> rings;  // closed polygons, the first place again at last
};
Footprint footprint(const sensor::Camera& camera, const terrain::Elevation& elevation);

}  // namespace marsad::coverage
