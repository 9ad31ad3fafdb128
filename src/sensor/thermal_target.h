// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sensor/mover_class.h"

namespace marsad::sensor {

// A mover as a thermal camera meets it.
struct ThermalTarget {
  double width_m = 0;
  double height_m = 0;
  // The root of the area that it shows, which tells how well people recognise it.
  double critical_m = 0;
  // How much warmer or colder than what is behind it, kelvin.
  double contrast_K = 0;
  bool flies = false;
};

// Of what flies, its contrast before ground over that before the sky (our assumption: warm motors
// on a frame as warm as the air, before ground that is no warmer).
inline constexpr double kBeforeGround = 0.5;

// A usual one of a class: a person of 0.75 m and a vehicle of 2.3 m critical dimension, 2 K off
// their background [STANAG4347]; an animal is a sheep or a dog, an aircraft a small drone with warm
// motors before the sky. What is unknown may be a person.
ThermalTarget usual_target(MoverClass mover);

}  // namespace marsad::sensor
