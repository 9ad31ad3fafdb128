// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "score/score.h"
#include "track/assignment.h"

namespace marsad::score {
namespace {

using PointsByTime = std::map<std::int64_t, std::vector<TimedPoint>>;

// Times are compared by the millisecond: tables round them.
PointsByTime by_time(const std::vector<TimedPoint>& points) {
  PointsByTime times;
  for (const TimedPoint& point : points) {
    times[std::llround(point.t_s * 1000)].push_back(point);
  }
  return times;
}

double distance2(const TimedPoint& a, const TimedPoint& b) {
  const double e = a.e_m - b.e_m, n = a.n_m - b.n_m;
  return e * e + n * n;
}

// Squares of a plane as wide as the cut-off: who is nearer than it stands in the same square or in
// one of the eight around it.
class Squares {
 public:
  Squares(const std::vector<TimedPoint>& points, double side_m) : side_m_(side_m) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      squares_.push_back({column(points[i].e_m), column(points[i].n_m), i});
    }
    std::sort(squares_.begin(), squares_.end());
  }

  // Calls `visit` with each point's number in the nine squares.
  template <class Visit>
  void around(const TimedPoint& place, Visit visit) const {
    const std::int64_t e = column(place.e_m), n = column(place.n_m);
    for (std::int64_t x = e - 1; x <= e + 1; ++x) {
      auto at = std::lower_bound(squares_.begin(), squares_.end(), Square{x, n - 1, 0});
      for (; at != squares_.end() && at->e == x && at->n <= n + 1; ++at) visit(at->point);
    }
  }

 private:
  struct Square {
    std::int64_t e, n;
    std::size_t point;
    auto operator<=>(const Square&) const = default;
  };

  std::int64_t column(double metres) const {
    constexpr double kMost = 1e15;  // any farther is all one column
    return static_cast<std::int64_t>(std::clamp(std::floor(metres / side_m_), -kMost, kMost));
  }

  double side_m_;
  std::vector<Square> squares_;
};

// Truth and tracks that hang together by distances below the cut-off, as numbers of each.
struct Cluster {
  std::vector<std::size_t> truth;
  std::vector<std::size_t> tracks;
};

// A pair beyond the cut-off costs what leaving both alone does, so that the best match of all is
// the best of each cluster.
std::vector<Cluster> clusters_of(const std::vector<TimedPoint>& truth,
                                 const std::vector<TimedPoint>& tracks, double cut_off_m) {
  const Squares squares(tracks, cut_off_m);
  std::vector<std::size_t> parent(truth.size() + tracks.size());  // truth first
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = i;
  const auto root = [&parent](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (std::size_t i = 0; i < truth.size(); ++i) {
    squares.around(truth[i], [&](std::size_t j) {
      if (distance2(truth[i], tracks[j]) < cut_off_m * cut_off_m)
        parent[root(truth.size() + j)] = root(i);
    });
  }
  std::vector<Cluster> clusters;
  std::vector<std::size_t> number(parent.size(), parent.size());  // of a root's cluster
  for (std::size_t i = 0; i < parent.size(); ++i) {
    std::size_t& cluster = number[root(i)];
    if (cluster == parent.size()) {
      cluster = clusters.size();
      clusters.emplace_back();
    }
    if (i < truth.size()) {
      clusters[cluster].truth.push_back(i);
    } else {
      clusters[cluster].tracks.push_back(i - truth.size());
    }
  }
  return clusters;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> match_points(const std::vector<TimedPoint>& truth,
                                                              const std::vector<TimedPoint>& tracks,
                                                              double cut_off_m) {
  const double cut_off2 = cut_off_m * cut_off_m;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<double> cost;
  for (const Cluster& cluster : clusters_of(truth, tracks, cut_off_m)) {
    cost.clear();
    for (const std::size_t i : cluster.truth) {
      for (const std::size_t j : cluster.tracks) {
        cost.push_back(std::min(distance2(truth[i], tracks[j]), cut_off2));
      }
    }
    const auto column_of = track::assign(cluster.truth.size(), cluster.tracks.size(), cost);
    for (std::size_t i = 0; i < cluster.truth.size(); ++i) {
      if (column_of[i] == track::kUnassigned) continue;
      const auto j = static_cast<std::size_t>(column_of[i]);
      if (cost[i * cluster.tracks.size() + j] < cut_off2) {
        pairs.emplace_back(cluster.truth[i], cluster.tracks[j]);
      }
    }
  }
  return pairs;
}

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
    const std::vector<TimedPoint> none;
    const auto& shown = found == tracks_by_time.end() ? none : found->second;
    double here2 = 0;
    const auto matched = match_points(movers, shown, cut_off_m);
    for (const auto& [i, j] : matched) {
      here2 += distance2(movers[i], shown[j]);
      const auto [last, fresh] = track_of.try_emplace(movers[i].id, shown[j].id);
      if (!fresh && last->second != shown[j].id) ++score.id_switches;
      last->second = shown[j].id;
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
