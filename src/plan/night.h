// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/time.h"
#include "geo/geodetic.h"

namespace marsad::plan {

// From sunset to sunrise.
struct Night {
  std::chrono::year_month_day evening;  // the date at its sunset, in the place's solar time
  base::Time begin, end;
};

// The nights of a place that lie at least partly between two times, whole; within a minute or two
// below 65° of latitude [USNO2023]. Where the sun does not set there are none; where it does not
// rise, each lasts from noon to noon.
std::vector<Night> nights(base::Time from, base::Time to, const geo::Geodetic& place);

}  // namespace marsad::plan
