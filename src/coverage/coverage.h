// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "geo/geodetic.h"
#include "sensor/air.h"
#include "sensor/camera.h"
#include "sensor/mover_class.h"
#include "sensor/thermal_target.h"
#include "terrain/elevation.h"

namespace marsad::coverage {

// What of a night decides how far one sees.
struct Conditions {
  double extinction_per_km = sensor::kClearAir_per_km;  // of thermal contrast, see sensor/air.h
  double contrast = 1;  // of movers against their background, over that of sensor::usual_target
};

// A usual mover of this class as it stands out then.
sensor::ThermalTarget target_of(sensor::MoverClass mover, const Conditions& conditions);

// The slant range to the middle of a mover at this place, where some of it is in sight and its
// middle in frame: not outside the frame nor behind the terrain. One on the ground stands on the
// elevation's ground and its earthworks (on a berm, in a trench), whatever height `place` has, and
// is in sight where its top is; where the ground is unknown, and for what flies, the height counts
// as given.
std::optional<double> sight_range_m(const sensor::Camera& camera,
                                    const terrain::Elevation& elevation, geo::Geodetic place,
                                    const sensor::ThermalTarget& target);

// Of a mover's usual contrast, what it has before what is behind it at this place: what flies
// stands out less before ground, which is where the sight goes down, than before the sky.
double contrast_there(const sensor::Camera& camera, const geo::Geodetic& place,
                      const sensor::ThermalTarget& target);

// Probability that a working camera with Marsad's detector finds a mover of this class at this
// place in one look: 0 where it is not in sight, else falling with range as its picture shrinks
// and fades (sensor::machine_detects). The one visibility model of the house.
double detection_probability(const sensor::Camera& camera, const terrain::Elevation& elevation,
                             geo::Geodetic place, sensor::MoverClass mover,
                             const Conditions& conditions = {});

// The same for a mover in frame and in sight at this slant range.
double detection_probability_at(const sensor::Camera& camera, double range_m,
                                sensor::MoverClass mover, const Conditions& conditions = {});

// The same as a margin (sensor::detection_margin), which is linear in the contrast.
double detection_margin_at(const sensor::Camera& camera, double range_m, sensor::MoverClass mover,
                           const Conditions& conditions = {});

// The slant range at which a mover in frame and in sight is found with this probability.
double detection_range_m(const sensor::Camera& camera, sensor::MoverClass mover, double probability,
                         const Conditions& conditions = {});

// Where it is found half the time.
double half_detection_range_m(const sensor::Camera& camera, sensor::MoverClass mover,
                              const Conditions& conditions = {});

// The share of a mover's contrast that is left to begin a track by as it comes into view, moving so
// fast in the picture: its blurred edge reaches a pixel little by little, and the detector learns
// what is slow as ground that warms. Fitted to simulated crossings, see bench/reliability_bench.
double contrast_left(const sensor::Camera& camera, double px_per_s);

// What a camera sees of the ground, for the map: rings of the area where a person standing would
// be in line of sight and in frame, within the range at which one is detected half the time. The
// rings don't overlap and have no holes: ground hidden in the midst of what is seen parts them.
struct Footprint {
  sensor::SensorId camera;
  std::vector<std::vector<geo::Geodetic>> rings;  // closed polygons, the first place again at last
};
Footprint footprint(const sensor::Camera& camera, const terrain::Elevation& elevation,
                    const Conditions& conditions = {});

}  // namespace marsad::coverage
