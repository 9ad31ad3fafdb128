// SPDX-License-Identifier: Apache-2.0
#include "track/prediction.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace marsad::track {
namespace {

// Odds at which a mover counts as over the line: at the earliest, likely, at the latest.
constexpr double kEarliest = 0.05, kLikely = 0.5, kLatest = 0.95;

double below(double value, double mean, double sigma) {
  return 0.5 * std::erfc((mean - value) / (sigma * std::sqrt(2.0)));
}

}  // namespace

std::vector<PathPoint> predicted_path(const Track& track, const geo::LocalFrame& frame,
                                      const PredictionSettings& settings) {
  CHECK(settings.step_s > 0);
  const bool driving = sensor::likeliest(track.classes) == sensor::MoverClass::vehicle;
  const double density = driving ? settings.driving_m2ps3 : settings.on_foot_m2ps3;
  const double most_mps = driving ? settings.most_driving_mps : settings.most_on_foot_mps;
  const geo::Enu at = frame.to_enu(track.place);
  const auto& c = track.cov;  // [e, n, ve, vn], upper triangle by rows
  std::vector<PathPoint> path;
  for (double t = 0; t <= settings.horizon_s; t += settings.step_s) {
    // Until `free_s` the velocity wanders freely; then its spread, and with it the place's, grows
    // as that of one that stays as it is.
    const double free_s = std::min(t, most_mps * most_mps / density);
    const double after_s = t - free_s;
    const double wander = density * (free_s * free_s * free_s / 3 + free_s * free_s * after_s +
                                     free_s * after_s * after_s);
    PathPoint point;
    point.time = track.time + base::from_seconds(t);
    point.place = frame.to_geodetic_at_height(at.east + t * track.ve_mps,
                                              at.north + t * track.vn_mps, track.place.height_m);
    point.cov_m2 = {c[0] + 2 * t * c[2] + t * t * c[7] + wander,
                    c[1] + t * (c[3] + c[5]) + t * t * c[8],
                    c[4] + 2 * t * c[6] + t * t * c[9] + wander};
    point.cov_m2 = point.cov_m2 + track.bias_cov_m2;
    path.push_back(point);
  }
  return path;
}

std::optional<Arrival> arrival_at(const geo::BorderLine& line, std::span<const PathPoint> path) {
  if (path.empty()) return std::nullopt;
  const bool from_home = line.chainage(path.front().place).d_m > 0;
  std::optional<base::Time> earliest, likely, latest;
  double s_m = 0;
  double before = 0;  // the odds at the point before
  for (std::size_t i = 0; i < path.size(); ++i) {
    const PathPoint& point = path[i];
    const geo::Chainage at = line.chainage(point.place);
    const geo::Enu home = line.toward_home(at.s_m);
    const double sigma = std::sqrt(std::max(1e-6, point.cov_m2.ee * home.east * home.east +
                                                      2 * point.cov_m2.en * home.east * home.north +
                                                      point.cov_m2.nn * home.north * home.north));
    const double far_side = below(0, at.d_m, sigma);
    const double over = std::max(before, from_home ? far_side : 1 - far_side);
    const auto passes = [&](double odds, std::optional<base::Time>& time) {
      if (time || over < odds) return;
      time = point.time;
      if (i == 0 || over <= before) return;
      const double part = (odds - before) / (over - before);
      time = path[i - 1].time +
             base::from_seconds(part * base::to_seconds(point.time - path[i - 1].time));
    };
    passes(kEarliest, earliest);
    const bool known = likely.has_value();
    passes(kLikely, likely);
    if (likely && !known) s_m = at.s_m;
    passes(kLatest, latest);
    before = over;
  }
  if (!likely) return std::nullopt;
  return Arrival{*earliest, *likely, latest, s_m, !from_home};
}

std::optional<NextSight> next_sight(std::span<const PathPoint> path,
                                    std::span<const sensor::SensorId> sensors,
                                    const Visibility& visibility, sensor::MoverClass mover,
                                    double least_probability) {
  CHECK(visibility);
  if (path.empty()) return std::nullopt;
  std::vector<sensor::SensorId> others;
  for (const sensor::SensorId& sensor : sensors) {
    if (visibility(sensor, path.front().place, mover) < least_probability) others.push_back(sensor);
  }
  for (const PathPoint& point : path.subspan(1)) {
    std::optional<NextSight> best;
    for (const sensor::SensorId& sensor : others) {
      const double probability = visibility(sensor, point.place, mover);
      if (probability < least_probability) continue;
      if (!best || probability > best->probability) best = {sensor, point.time, probability};
    }
    if (best) return best;
  }
  return std::nullopt;
}

}  // namespace marsad::track
