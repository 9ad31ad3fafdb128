// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/time.h"
#include "geo/geodetic.h"
#include "locate/plot.h"
#include "sensor/mover_class.h"
#include "sensor/sensor_id.h"

namespace marsad::track {

// All plots of one look of one sensor, also when there are none. Sensor and time name the look: a
// sensor looks once at a time, and looks are ordered by time, then by sensor.
struct Scan {
  sensor::SensorId sensor;
  base::Time time;
  std::vector<locate::Plot> plots;
};

// Probability that this sensor, looking now, would have detected a mover of this class here.
// Answers 0 where it can't see, so that an unseen track there is not held to be gone.
using Visibility = std::function<double(const sensor::SensorId& sensor, geo::Geodetic place,
                                        sensor::MoverClass mover)>;

// A circle outside which Visibility answers 0 for a sensor, now; none where that isn't known. With
// it a look costs as much as there are movers in the circle, however many others there are.
struct WatchedCircle {
  geo::Geodetic middle;
  double radius_m = 0;
};
using Watched = std::function<std::optional<WatchedCircle>(const sensor::SensorId& sensor)>;

// The order of sensors that look at the same time: as people count them, T2 before T10.
bool comes_before(const sensor::SensorId& a, const sensor::SensorId& b);

}  // namespace marsad::track
