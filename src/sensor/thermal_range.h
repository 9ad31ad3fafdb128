// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sensor/camera.h"
#include "sensor/thermal_optics.h"
#include "sensor/thermal_target.h"

namespace marsad::sensor {

// What of a thermal camera decides how far it sees.
struct ThermalCamera {
  double focal_px = 0;  // focal length over pixel pitch
  ThermalOptics optics;
};
ThermalCamera thermal_camera(const Camera& camera);

// How a point spreads over the picture, one sigma: diffraction, as a Gaussian [Zhang2007], and
// jitter. Pixels.
double blur_px(const ThermalCamera& camera);

// The contrast of a target's middle over the noise of 3 by 3 pixels, which is what Marsad's
// detector tells movers by: what arrives of the contrast through the air, spread by the blur over
// pixels of which the target fills only some.
double detection_snr(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                     double extinction_per_km);

// Probability that Marsad's detector finds a mover in one look at this range, before ground that
// is known, of a camera that stands: that its signal stands out enough to be seeded and confirmed.
// Sensitivity 0 to 1 as in detect::DetectorSettings. How true it is: bench/range_bench.
double machine_detects(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                       double extinction_per_km, double sensitivity = 0.5);

// By how many sigmas of that noise the signal is above what it takes: machine_detects is the normal
// distribution up to it. Linear in the target's contrast.
double detection_margin(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                        double extinction_per_km, double sensitivity = 0.5);

// What a person makes of a target on the screen.
enum class Task { detect, recognise, identify };

// The smallest difference in temperature of a pattern of four bars, so many cycles a pixel, that a
// person still resolves; infinite from half a cycle a pixel on. From what the eye gathers over a
// bar's area and its own time [Lloyd1975, Holst2008], kelvin.
double least_resolved_K(const ThermalCamera& camera, double cycles_per_px);

// Probability that a person at the screen succeeds at this range: the finest pattern resolved at
// the contrast that arrives, how many of its cycles fit the target's critical dimension, and from
// that the target transfer probability function [Johnson1958, Ratches1976, Holst2008], with 0.75, 3
// and 6 cycles for half of the looks.
double person_succeeds(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                       double extinction_per_km, Task task);

}  // namespace marsad::sensor
