// SPDX-License-Identifier: Apache-2.0
#include "locate/cross_fix.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <optional>
#include <utility>

#include "base/check.h"
#include "locate/air_classes.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

constexpr double kSureHeight_sigmas = 2;

// Whether two sensors are so far apart that both reach nothing, which most of a long border are.
bool too_far_apart(const Plot& one, const Plot& other, double reach_m) {
  if (!one.from || !other.from) return true;
  const double north_m = terrain::kEarthRadius_m * (one.from->lat_rad - other.from->lat_rad);
  const double east_m =
      terrain::kEarthRadius_m * std::cos(one.from->lat_rad) *
      std::remainder(one.from->lon_rad - other.from->lon_rad, 2 * std::numbers::pi);
  return std::hypot(north_m, east_m) > 2 * reach_m;
}

double spread_m2(const SightCrossing& crossing) {
  const geo::CovEn all = crossing.cov_m2 + crossing.bias_cov_m2;
  return all.ee + all.nn;
}

}  // namespace

// A bearing of the look in hand and one of another sensor's that may be of the same mover.
struct CrossFix::Match {
  std::size_t own = 0;
  std::size_t other = 0;
  SightCrossing crossing;
  sensor::ClassProbabilities classes{};
};

CrossFix::CrossFix(CrossFixSettings settings, std::shared_ptr<const terrain::Elevation> elevation)
    : settings_(settings), elevation_(std::move(elevation)) {
  CHECK(elevation_ != nullptr);
}

std::vector<Plot> CrossFix::fix(const sensor::SensorId& sensor, base::Time time,
                                std::vector<Plot> plots) {
  newest_ = std::max(newest_, time);
  // Most looks of most sensors: they have nothing to fix, and nothing by which others are fixed.
  if (std::all_of(plots.begin(), plots.end(),
                  [](const Plot& plot) { return plot.place.has_value(); })) {
    return plots;
  }
  keep(sensor, time, plots);
  std::vector<std::optional<Match>> best(plots.size());
  for (const auto& [other, looks] : looks_) {
    if (other == sensor) continue;
    const Look* const look = look_near(looks, time);
    if (look == nullptr) continue;
    for (const Match& match : matches(plots, time, *look)) {
      std::optional<Match>& known = best[match.own];
      if (!known || spread_m2(match.crossing) < spread_m2(known->crossing)) known = match;
    }
  }
  for (const std::optional<Match>& match : best) {
    if (!match) continue;
    Plot& plot = plots[match->own];
    plot.place = match->crossing.place;
    plot.in_air = true;
    plot.cov_m2 = match->crossing.cov_m2;
    plot.bias_cov_m2 = match->crossing.bias_cov_m2;
    plot.classes = match->classes;
  }
  return plots;
}

void CrossFix::keep(const sensor::SensorId& sensor, base::Time time,
                    const std::vector<Plot>& plots) {
  const base::Time oldest = newest_ - base::from_seconds(settings_.kept_s);
  Look look{time, {}};
  std::copy_if(plots.begin(), plots.end(), std::back_inserter(look.bearings),
               [](const Plot& plot) { return !plot.place; });
  std::deque<Look>& looks = looks_[sensor];
  const auto at = std::lower_bound(looks.begin(), looks.end(), time,
                                   [](const Look& a, base::Time t) { return a.time < t; });
  const bool is_new = at == looks.end() || at->time != time;
  if (is_new) looks.insert(at, std::move(look));
  for (auto& [id, kept] : looks_) {
    while (!kept.empty() && kept.front().time < oldest) kept.pop_front();
  }
}

// The look nearest to a time; none where all are too long before or after.
const CrossFix::Look* CrossFix::look_near(const std::deque<Look>& looks, base::Time time) const {
  const auto after = std::lower_bound(looks.begin(), looks.end(), time,
                                      [](const Look& a, base::Time t) { return a.time < t; });
  const Look* nearest = nullptr;
  const auto consider = [&](const Look& look) {
    const auto apart = [time](const Look& l) { return std::chrono::abs(l.time - time); };
    if (apart(look) > base::from_seconds(settings_.most_apart_s)) return;
    if (nearest == nullptr || apart(look) < apart(*nearest)) nearest = &look;
  };
  if (after != looks.begin()) consider(*std::prev(after));
  if (after != looks.end()) consider(*after);
  return nearest;
}

// Each bearing in one match at most, those that fit best first.
std::vector<CrossFix::Match> CrossFix::matches(const std::vector<Plot>& plots, base::Time time,
                                               const Look& other) const {
  const double apart_s = base::to_seconds(other.time - time);
  std::vector<Match> possible;
  for (std::size_t p = 0; p < plots.size(); ++p) {
    if (plots[p].place) continue;
    for (std::size_t o = 0; o < other.bearings.size(); ++o) {
      if (too_far_apart(plots[p], other.bearings[o], settings_.most_range_m)) continue;
      const auto crossing = cross(plots[p], other.bearings[o], apart_s, settings_.top_speed_mps);
      if (!crossing || !in_air(*crossing)) continue;
      possible.push_back(
          {p, o, *crossing, classes_in_air(plots[p].classes, other.bearings[o].classes)});
    }
  }
  std::stable_sort(possible.begin(), possible.end(), [](const Match& a, const Match& b) {
    return a.crossing.misfit2 < b.crossing.misfit2;
  });
  std::vector<bool> own_taken(plots.size()), other_taken(other.bearings.size());
  std::erase_if(possible, [&](const Match& match) {
    const bool taken = own_taken[match.own] || other_taken[match.other];
    if (!taken) own_taken[match.own] = other_taken[match.other] = true;
    return taken;
  });
  return possible;
}

bool CrossFix::in_air(const SightCrossing& crossing) const {
  if (crossing.misfit2 > settings_.gate_sigma * settings_.gate_sigma ||
      crossing.angle_rad < settings_.least_angle_rad || crossing.range_m > settings_.most_range_m) {
    return false;
  }
  const geo::Geodetic& place = crossing.place;
  const auto ground_m = elevation_->surface_m(place.lat_rad, place.lon_rad);
  if (!ground_m) return false;
  const double height_m = place.height_m - *ground_m;
  return height_m >= settings_.least_height_m &&
         height_m >= kSureHeight_sigmas * crossing.up_sigma_m &&
         height_m <= settings_.most_height_m;
}

}  // namespace marsad::locate
