// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/border_line.h"
#include "track/track.h"
#include "track/tracker.h"

namespace marsad::track {

struct PredictionSettings {
  double horizon_s = 600;
  double step_s = 10;
  // How the velocity wanders: density of white acceleration. People and animals keep to their way
  // better than vehicles.
  double on_foot_m2ps3 = 0.003;
  double driving_m2ps3 = 0.1;
  // The spread of the velocity that wandering leads to, an axis: it grows no further.
  double most_on_foot_mps = 1.2;
  double most_driving_mps = 10;
};

// Where a mover will be at some moment.
struct PathPoint {
  base::Time time;
  geo::Geodetic place;  // at the track's height
  geo::CovEn cov_m2;
};

// The way a track goes on from its own time, that moment first, with its spread: straight on at its
// velocity, which wanders [BarShalom01 §6].
std::vector<PathPoint> predicted_path(const Track& track, const geo::LocalFrame& frame,
                                      const PredictionSettings& settings);

// When a mover reaches the border line, if nothing changes. The line's extent along the way is
// taken into account, not that a mover may turn back.
struct Arrival {
  base::Time earliest;               // probability 1 in 20 that it is over by then
  base::Time likely;                 // even odds
  std::optional<base::Time> latest;  // 19 in 20; none within the horizon
  double s_m = 0;                    // chainage where the predicted way crosses
  bool to_home = false;
};

// None where the odds stay below even within the path.
std::optional<Arrival> arrival_at(const geo::BorderLine& line, std::span<const PathPoint> path);

// Which sensor should see it next.
struct NextSight {
  sensor::SensorId sensor;
  base::Time time;
  double probability = 0;  // of a detection in one look
};

// The first moment of the path, after its first, at which a sensor that does not see the mover at
// the path's first would detect it with `least_probability` or more; of several at the same moment
// the likeliest. None where no other sensor will.
std::optional<NextSight> next_sight(std::span<const PathPoint> path,
                                    std::span<const sensor::SensorId> sensors,
                                    const Visibility& visibility, sensor::MoverClass mover,
                                    double least_probability = 0.5);

}  // namespace marsad::track
