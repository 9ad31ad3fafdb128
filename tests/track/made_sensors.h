// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "locate/plot.h"
#include "tests/track/dice.h"

namespace marsad::test {

struct Strip;

enum class MadeSensorKind { tower, balloon, radar };

// One sensor of a made strip, with what is wrong with it.
struct MadeSensor {
  sensor::SensorId id;
  MadeSensorKind kind = MadeSensorKind::tower;
  double e_m = 0, n_m = 0;
  double range_m = 5000;
  double period_s = 2, first_look_s = 0;
  double detection_probability = 0.85;
  double across_m = 2, across_per_m = 0.0012;  // 1 sigma of bearing, and of range
  double along_m = 5, along_per_m = 0.012;
  double azimuth_bias_rad = 0;                    // its own, clockwise
  double range_bias = 0;                          // its own, a share of the range
  double azimuth_sigma_rad = 0, range_sigma = 0;  // what it says of the two
  double silent_from_s = 0, silent_until_s = 0;
  std::vector<geo::Enu> clutter;  // where its false plots cluster

  double distance_m(geo::Enu place) const;
};

std::vector<MadeSensor> make_sensors(const Strip& strip);

// Whether a sensor reports what is at a place at all: a tower where no more than so many others are
// nearer, anything else in its range.
bool reports(const std::vector<MadeSensor>& sensors, const MadeSensor& sensor, geo::Enu place,
             int sensors_a_mover);

// Its report of something there.
locate::Plot report(const MadeSensor& sensor, geo::Enu place, Dice& dice);

}  // namespace marsad::test
