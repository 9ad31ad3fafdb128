// SPDX-License-Identifier: Apache-2.0
#include "plan/going.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/local_frame.h"

namespace marsad::plan {
namespace {

using sensor::MoverClass;

// Steepest ground off the road, rise over run.
constexpr double kVehicleClimbs = 0.35;
constexpr double kFootClimbs = 1.0;

// How much of its speed on the level a crosser keeps on a slope; none where it is too steep.
std::optional<double> speed_share(MoverClass mover, double slope) {
  switch (mover) {
    case MoverClass::aircraft:
      return 1;
    case MoverClass::vehicle:
      if (std::abs(slope) > kVehicleClimbs) return std::nullopt;
      return 1 - std::abs(slope) / (2 * kVehicleClimbs);
    default:
      if (std::abs(slope) > kFootClimbs) return std::nullopt;
      // Tobler's hiking function over its value on the level.
      return std::exp(-3.5 * (std::abs(slope + 0.05) - 0.05));
  }
}

double cross(geo::Enu a, geo::Enu b) { return a.east * b.north - a.north * b.east; }

// Whether the step from a to b passes over the one from c to d. One that only begins or ends on it
// counts on one side only, so that a way through such a point passes once.
bool passes(geo::Enu a, geo::Enu b, geo::Enu c, geo::Enu d) {
  const bool from_left = cross(d - c, a - c) > 0, to_left = cross(d - c, b - c) > 0;
  if (from_left == to_left) return false;
  return (cross(b - a, c - a) > 0) != (cross(b - a, d - a) > 0);
}

// Steps reach up to two columns away.
constexpr std::size_t kReach_columns = 2;

}  // namespace

Going::Going(const Belt& belt, std::span<const Obstacle> obstacles)
    : heights_m_(belt.cells(), std::numeric_limits<double>::quiet_NaN()),
      feet_(belt.cells()),
      near_(belt.columns()),
      rows_(belt.rows()) {
  for (std::size_t cell = 0; cell < belt.cells(); ++cell) {
    const auto& middle = belt.cell(cell);
    if (!middle) continue;
    heights_m_[cell] = middle->height_m;
    feet_[cell] = belt.line().frame().to_enu({middle->lat_rad, middle->lon_rad, 0});
  }
  for (const Obstacle& obstacle : obstacles) {
    const auto number = static_cast<std::uint32_t>(crossing_s_.size());
    crossing_s_.push_back(obstacle.crossing_s);
    for (std::size_t i = 0; i + 1 < obstacle.line.size(); ++i) {
      add_segment(belt, obstacle.line[i], obstacle.line[i + 1], number);
    }
  }
}

void Going::add_segment(const Belt& belt, geo::Geodetic from, geo::Geodetic to,
                        std::uint32_t obstacle) {
  from.height_m = to.height_m = 0;
  const geo::LocalFrame& frame = belt.line().frame();
  const Segment segment{frame.to_enu(from), frame.to_enu(to), obstacle};
  const auto number = static_cast<std::uint32_t>(segments_.size());
  segments_.push_back(segment);
  const double length_m = geo::norm(segment.to - segment.from);
  const int samples = 1 + static_cast<int>(length_m / belt.column_m());
  for (int i = 0; i <= samples; ++i) {
    const double share = static_cast<double>(i) / samples;
    const geo::Geodetic place{from.lat_rad + share * (to.lat_rad - from.lat_rad),
                              from.lon_rad + share * (to.lon_rad - from.lon_rad), 0};
    const std::size_t column = belt.column_at(belt.line().chainage(place).s_m);
    const std::size_t last = std::min(column + kReach_columns, belt.columns() - 1);
    for (std::size_t c = column - std::min(column, kReach_columns); c <= last; ++c) {
      if (near_[c].empty() || near_[c].back() != number) near_[c].push_back(number);
    }
  }
}

std::optional<double> Going::time_s(std::size_t from, std::size_t to, std::size_t kind) const {
  const Crosser& crosser = kCrossers[kind];
  const double run_m = geo::norm(feet_[to] - feet_[from]);
  const double rise_m = heights_m_[to] - heights_m_[from];
  const auto share = speed_share(crosser.mover, rise_m / run_m);
  if (!share) return std::nullopt;
  double time_s = std::hypot(run_m, rise_m) / (crosser.speed_mps * *share);
  if (crosser.above_ground_m > 0) return time_s;
  for (const std::uint32_t number : near_[from / rows_]) {
    const Segment& segment = segments_[number];
    if (!passes(feet_[from], feet_[to], segment.from, segment.to)) continue;
    const auto& crossing_s = crossing_s_[segment.obstacle][kind];
    if (!crossing_s) return std::nullopt;
    time_s += *crossing_s;
  }
  return time_s;
}

}  // namespace marsad::plan
