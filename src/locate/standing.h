// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"
#include "locate/locator.h"
#include "terrain/elevation.h"

namespace marsad::locate {

// A line of sight from an eye in its vertical plane, and how far it may be off.
struct PlaneSight {
  geo::Geodetic eye;
  double azimuth_rad = 0;     // of the plane
  double slope = 0;           // tangent of the sight's elevation
  double slope_sigma = 0;     // by what turns it
  double height_sigma_m = 0;  // by what lifts the eye, or sinks all ground alike
};

// Where a mover stands that was seen along a sight: moments over all ground it may stand on, each
// place weighed by how likely it was seen so, as a sum, not a mean.
struct Standing {
  double weight = 0;
  double d_m = 0, dd_m2 = 0;  // by metres along the plane, from where it was asked about
  double ddd_m3 = 0, dddd_m4 = 0;
  double e = 0, ee = 0;  // by sigmas that the sight lies below the truth
  double de_m = 0;
  double met = 0;  // the share of sights, so wrong, that meet ground
};

// For a mover that is as likely on one square metre of the ground as on another. Of a place x
// metres off that appears at the slope u it is by Bayes' rule
//
//   x dx N(u - slope; slope_sigma² + height_sigma² / x²) P(the eye is high enough to see it)
//
// where the last is of the eye's height given u, for the ground before the place hides it from all
// eyes below one height: where the upper hull of that ground, prolonged from the place, passes over
// the eye. The hull grows along the walk as in [Andrew1979].
Standing standing_along(const PlaneSight& sight, double about_m,
                        const terrain::Elevation& elevation, const LocatorSettings& settings);

}  // namespace marsad::locate
