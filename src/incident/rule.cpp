// SPDX-License-Identifier: Apache-2.0
#include "incident/rule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::incident {

Seen see(const track::Track& track, const geo::BorderLine& line) {
  Seen seen;
  seen.track = &track;
  seen.at = line.chainage(track.place);
  const geo::Enu across = line.toward_home(seen.at.s_m);
  const geo::CovEn cov = track.position_cov_m2();
  const double variance = across.east * across.east * cov.ee +
                          2 * across.east * across.north * cov.en +
                          across.north * across.north * cov.nn;
  seen.sigma_m = std::sqrt(std::max(variance, 1e-6));
  seen.p_home = 0.5 * std::erfc(-seen.at.d_m / (seen.sigma_m * std::numbers::sqrt2));
  seen.speed_mps = std::hypot(track.ve_mps, track.vn_mps);
  const double homeward_mps = across.east * track.ve_mps + across.north * track.vn_mps;
  seen.closing_mps = seen.at.d_m >= 0 ? -homeward_mps : homeward_mps;
  seen.mover = sensor::likeliest(track.classes);
  return seen;
}

double apart_m(const Seen& one, const Seen& other) {
  return std::hypot(one.at.s_m - other.at.s_m, one.at.d_m - other.at.d_m);
}

double apart_sigma_m(const Seen& one, const Seen& other) {
  const geo::Geodetic& a = one.track->place;
  const geo::Geodetic& b = other.track->place;
  // Only the direction matters, so that a sphere will do.
  const double east = (b.lon_rad - a.lon_rad) * std::cos(a.lat_rad);
  const double north = b.lat_rad - a.lat_rad;
  const double length_2 = east * east + north * north;
  if (length_2 == 0) return 0;
  double along = 0;
  for (const track::Track* track : {one.track, other.track}) {
    const geo::CovEn cov = track->position_cov_m2();
    along += cov.ee * east * east + 2 * cov.en * east * north + cov.nn * north * north;
  }
  return std::sqrt(std::max(0.0, along / length_2));
}

std::string side_of(const Seen& mover) { return mover.home() ? "home side" : "far side"; }

Finding found_of(const Seen& mover, Kind kind, double probability, std::string what) {
  return {kind,        mover.direction(), mover.track->time, mover.at.s_m, mover.track->place,
          probability, {*mover.track},    std::move(what)};
}

}  // namespace marsad::incident
