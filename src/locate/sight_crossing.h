// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "geo/geodetic.h"
#include "locate/plot.h"

namespace marsad::locate {

// Where two lines of sight pass each other.
struct SightCrossing {
  geo::Geodetic place;
  geo::CovEn cov_m2;       // of what is fresh in both bearings
  geo::CovEn bias_cov_m2;  // of what stays, and of the way made between the two looks
  double up_sigma_m = 0;   // all errors together
  double range_m = 0;      // from the farther of the two sensors
  double angle_rad = 0;    // between the lines, 0 to a quarter turn
  double misfit2 = 0;      // of the lines, which need not meet: χ² of one degree of freedom
};

// The point that both lines of sight fit best, by weighted least squares, at the
// time of the first. The second looked so long before or after; the mover may have gone meanwhile
// at any velocity up to `top_speed_mps` a component. None where the lines do not meet ahead of both
// sensors, run abreast, or where something told of them is no number. Up to some kilometres: light
// is taken to go straight, by which heights 5 km off are some 25 cm wrong, of both alike.
std::optional<SightCrossing> cross(const Plot& first, const Plot& second, double apart_s,
                                   double top_speed_mps);

}  // namespace marsad::locate
