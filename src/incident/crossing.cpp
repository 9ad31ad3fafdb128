// SPDX-License-Identifier: Apache-2.0
#include "incident/crossing.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::incident {

double home_probability(const track::Track& track, const geo::BorderLine& line) {
  const geo::Chainage chainage = line.chainage(track.place);
  const geo::Enu across = line.toward_home(chainage.s_m);
  const geo::CovEn cov = track.position_cov_m2();
  const double variance = across.east * across.east * cov.ee +
                          2 * across.east * across.north * cov.en +
                          across.north * across.north * cov.nn;
  const double sigma_m = std::sqrt(std::max(variance, 1e-6));
  return 0.5 * std::erfc(-chainage.d_m / (sigma_m * std::numbers::sqrt2));
}

std::optional<Crossing> CrossingWatch::update(const track::Track& track,
                                              const geo::BorderLine& line,
                                              const CrossingSettings& settings) {
  const double p_home = home_probability(track, line);
  const bool home = p_home >= 0.5;
  const double p_side = home ? p_home : 1 - p_home;
  if (p_side < settings.side_probability) {
    candidate_.reset();
    return std::nullopt;
  }
  if (candidate_ != home) {
    candidate_ = home;
    candidate_since_ = track.time;
  }
  // Seen there, not only carried there by its prediction.
  const bool held = base::to_seconds(track.last_seen - candidate_since_) >= settings.hold_s;
  if (home_ == home) {
    settled_ = {track.time, track.place, p_side};
    return std::nullopt;
  }
  if (!held) return std::nullopt;

  std::optional<Crossing> crossing;
  if (home_) {
    // Its path from the last sure fix on the old side to here; where the two lie so that this
    // misses the line (past its end), the point of the line nearest to here stands in.
    const auto met = line.crossing(settled_.place, track.place);
    const double fraction = met ? met->fraction : 1;
    const double s_m = met ? met->s_m : line.chainage(track.place).s_m;
    crossing = Crossing{
        home,
        settled_.time + base::from_seconds(fraction * base::to_seconds(track.time - settled_.time)),
        s_m, line.at(s_m), settled_.probability * p_side * track.existence};
    crossing->place.height_m = track.place.height_m;
  }
  home_ = home;
  settled_ = {track.time, track.place, p_side};
  return crossing;
}

}  // namespace marsad::incident
