// SPDX-License-Identifier: Apache-2.0
#include "plan/warning.h"

#include <algorithm>
#include <numbers>

#include "geo/local_frame.h"

namespace marsad::plan {

std::optional<double> warning_s(const Belt& belt, std::span<const double> rate_ps,
                                std::size_t column, std::size_t kind, Heading heading) {
  const bool inbound = heading == Heading::inbound;
  const std::size_t rows = inbound ? belt.line_row() : belt.rows() - belt.line_row();
  const double time_s = belt.row_m() / kCrossers[kind].speed_mps;
  double chances = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t row = inbound ? i : belt.rows() - 1 - i;
    const double here = time_s * rate_ps[belt.index(column, row)];
    chances += here;
    if (chances < std::numbers::ln2) continue;
    // Within the row it is found as evenly as time passes.
    const double beyond = (chances - std::numbers::ln2) / here;
    return time_s * (static_cast<double>(rows - 1 - i) + beyond);
  }
  return std::nullopt;
}

std::optional<double> arrival_s(std::span<const ResponsePost> posts, geo::Geodetic place) {
  std::optional<double> first_s;
  place.height_m = 0;
  const geo::LocalFrame frame(place);
  for (const ResponsePost& post : posts) {
    const geo::Geodetic foot{post.place.lat_rad, post.place.lon_rad, 0};
    const double time_s = geo::norm(frame.to_enu(foot)) / post.speed_mps;
    first_s = std::min(first_s.value_or(time_s), time_s);
  }
  return first_s;
}

}  // namespace marsad::plan
