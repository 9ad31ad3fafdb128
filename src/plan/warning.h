// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "geo/geodetic.h"
#include "plan/belt.h"
#include "plan/route.h"

namespace marsad::plan {

// How long before one who crosses a column straight over the belt reaches the line it is found by
// half; none where it more likely reaches the line unfound. `rate_ps`: how often in a second one
// is found, by cell (mean_rates_ps).
std::optional<double> warning_s(const Belt& belt, std::span<const double> rate_ps,
                                std::size_t column, std::size_t kind, Heading heading);

// Where a patrol waits, and how fast it gets over the ground in a straight line.
struct ResponsePost {
  geo::Geodetic place;
  double speed_mps = 0;
};

// How long the first patrol needs to a place; none where there is no post.
std::optional<double> arrival_s(std::span<const ResponsePost> posts, geo::Geodetic place);

}  // namespace marsad::plan
