// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/local_frame.h"
#include "track/mover.h"
#include "track/scan.h"

namespace marsad::track {

// What a sensor would have detected of a mover, by the visibility model, which must be given.
class Sight {
 public:
  Sight(const Visibility& visibility, const geo::LocalFrame& frame, const sensor::SensorId& sensor)
      : visibility_(visibility), frame_(frame), sensor_(sensor) {}

  // Probability that a look would have detected the mover at this place of the plane.
  double at(double e_m, double n_m, const Mover& mover) const;

  // The same where `motion` has its middle.
  double detection(const Mover& mover, const Motion& motion) const;

  // The least such probability wherever the mover may well be at `time`: one that may be in dead
  // ground is not gone because it is not seen. It may be off by a sigma and a half, and may have
  // slowed down or stopped since it was seen.
  double least_detection(const Mover& mover, base::Time time,
                         const TrackerSettings& settings) const;

 private:
  const Visibility& visibility_;
  const geo::LocalFrame& frame_;
  const sensor::SensorId& sensor_;
};

}  // namespace marsad::track
