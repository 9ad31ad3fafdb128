// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "score/score.h"
#include "track/assignment.h"

namespace marsad::score {
namespace {

using PointsByTime = std::map<std::int64_t, std::vector<const TimedPoint*>>;

// Times are compared by the millisecond: tables round them.
PointsByTime by_time(const std::vector<TimedPoint>& points) {
  PointsByTime times;
  for (const TimedPoint& point : points) {
    times[std::llround(point.t_s * 1000)].push_back(&point);
  }
  return times;
}

struct Pair {
  const TimedPoint* truth;
  const TimedPoint* track;
  double distance2;
};

// The pairs of one time, nearer than the cut-off, with the least sum of squared distances where
// farther ones count as the cut-off.
std::vector<Pair> match(const std::vector<const TimedPoint*>& truth,
                        const std::vector<const TimedPoint*>& tracks, double cut_off_m) {
  const double cut_off2 = cut_off_m * cut_off_m;
  std::vector<double> cost;
  cost.reserve(truth.size() * tracks.size());
  for (const TimedPoint* a : truth) {
    for (const TimedPoint* b : tracks) {
      const double distance_m = std::hypot(a->e_m - b->e_m, a->n_m - b->n_m);
      cost.push_back(std::min(distance_m * distance_m, cut_off2));
    }
  }
  const auto column_of = track::assign(truth.size(), tracks.size(), cost);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (column_of[i] == track::kUnassigned) continue;
    const auto j = static_cast<std::size_t>(column_of[i]);
    const double distance2 = cost[i * tracks.size() + j];
    if (distance2 < cut_off2) pairs.push_back({truth[i], tracks[j], distance2});
  }
  return pairs;
}

}  // namespace

TrackScore score_tracks(const std::vector<TimedPoint>& truth, const std::vector<TimedPoint>& tracks,
                        double cut_off_m) {
  TrackScore score;
  const PointsByTime truth_by_time = by_time(truth);
  const PointsByTime tracks_by_time = by_time(tracks);
  if (truth_by_time.empty()) return score;
  std::map<std::string_view, std::string_view> track_of;  // the last one each truth had
  double sum2 = 0;
  double pairs = 0;
  for (const auto& [time, movers] : truth_by_time) {
    const auto found = tracks_by_time.find(time);
    const std::vector<const TimedPoint*> none;
    const auto& shown = found == tracks_by_time.end() ? none : found->second;
    double here2 = 0;
    const std::vector<Pair> matched = match(movers, shown, cut_off_m);
    for (const Pair& pair : matched) {
      here2 += pair.distance2;
      const auto [last, fresh] = track_of.try_emplace(pair.truth->id, pair.track->id);
      if (!fresh && last->second != pair.track->id) ++score.id_switches;
      last->second = pair.track->id;
    }
    const double missed = double(movers.size() - matched.size());
    const double false_tracks = double(shown.size() - matched.size());
    score.gospa_m += std::sqrt(here2 + cut_off_m * cut_off_m / 2 * (missed + false_tracks));
    score.missed += missed;
    score.false_tracks += false_tracks;
    sum2 += here2;
    pairs += double(matched.size());
  }
  const double times = double(truth_by_time.size());
  score.gospa_m /= times;
  score.missed /= times;
  score.false_tracks /= times;
  score.location_rms_m = std::sqrt(sum2 / std::max(1.0, pairs));
  score.truth = double(truth.size()) / times;
  return score;
}

}  // namespace marsad::score
