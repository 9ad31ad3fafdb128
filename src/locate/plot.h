// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"
#include "geo/geodetic.h"
#include "sensor/mover_class.h"
#include "sensor/sensor_id.h"

namespace marsad::locate {

// The detection a plot came from, which names it for good.
struct Cause {
  std::uint64_t frame = 0;
  std::uint32_t index = 0;
  bool operator==(const Cause&) const = default;
};

// Of errors in two directions that are Gaussian.
inline constexpr double kGaussianKurtosis = 8;

// Bearings count the error of the sensor's place as if they were of movers this far off.
inline constexpr double kBearingRange_m = 1000;

// A mover's report on the ground. The error is told in two parts, since they behave differently:
// `cov` is fresh in every plot (pixel noise), `bias_cov` is the same for all plots of one sensor
// thereabouts (pointing, position, elevation) and does not average out.
struct Plot {
  sensor::SensorId sensor;
  base::Time time;
  Cause cause;
  // Where it stands; none where the ground can't be told (sky, or beyond the map): bearing only.
  std::optional<geo::Geodetic> place;
  // Its place is not on the ground but in the air, where two sensors' lines of sight meet
  // (cross_fix.h).
  bool in_air = false;
  // Where the sensor was; a bearing needs it.
  std::optional<geo::Geodetic> from;
  geo::CovEn cov_m2;
  geo::CovEn bias_cov_m2;
  // How long the tails of that error are: the mean of its normalised square, squared, about the
  // place [Mardia1970]. The larger, the seldomer an error makes up most of the covariance: on
  // ground behind a crest that few of the sights within the errors reach, say.
  double kurtosis = kGaussianKurtosis;
  double bearing_rad = 0;        // from the sensor, clockwise from north
  double bearing_sigma_rad = 0;  // all errors together
  // What of it is the same in all plots of the sensor (pointing, position).
  double bearing_bias_sigma_rad = 0;
  double elevation_rad = 0;        // of the line of sight, up from level
  double elevation_sigma_rad = 0;  // as of the bearing; told where there is no place
  double elevation_bias_sigma_rad = 0;
  sensor::ClassProbabilities classes = sensor::kUnknownClass;
  double snr = 0;
};

}  // namespace marsad::locate
