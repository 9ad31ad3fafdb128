// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "tests/track/strip.h"
#include "track/sensor_bias.h"

// Trials of the sensors' biases against those of made sensors.
namespace marsad::test {

track::SensorBiases biases_of(const std::vector<MadeSensor>& sensors);

// Two cameras that are known to 0.3°, 3.5 km apart; the second points `bias_deg` off.
std::vector<MadeSensor> two_cameras(double bias_deg);

// Eight walkers on the ground between such cameras, tracked for so long; every sensor looks each
// two seconds.
void walk_past(const std::vector<MadeSensor>& sensors, double from_s, double duration_s,
               std::uint64_t seed, track::SensorBiases& biases);

// What is found of the second of two cameras, 0.3° off, after so long.
track::SensorBias bias_found_of_two(std::uint64_t seed, double duration_s);

// A strip's scans as they are once biases are taken out, as they come to be known.
struct Unbiased {
  std::vector<track::Scan> scans;
  double off_deg_rms = 0;   // of the azimuths found at the end
  double sigmas2_mean = 0;  // the same, in what was said of them, squared: 1 where that is honest
};
Unbiased take_biases_out(const MadeUp& made);

}  // namespace marsad::test
