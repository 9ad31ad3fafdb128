// SPDX-License-Identifier: Apache-2.0
#include "tests/track/trial.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <set>
#include <string>

#include "geo/distance2.h"
#include "tests/track/plane.h"
#include "tests/track/track_record.h"

namespace marsad::test {
namespace {

constexpr double kCutOff_m = 60;

double seconds(base::Time time) { return base::to_seconds(time.time_since_epoch()); }

std::vector<double> times_of(const std::vector<score::TimedPoint>& truth) {
  std::set<double> times;
  for (const score::TimedPoint& point : truth) times.insert(point.t_s);
  return {times.begin(), times.end()};
}

std::vector<double> every(double step_s, double until_s) {
  std::vector<double> times;
  for (double t = step_s; t <= until_s; t += step_s) times.push_back(t);
  return times;
}

Shown shown_at(const track::Track& track, double t_s) {
  const geo::Enu at = plane().to_enu(track.place);
  const double dt = t_s - seconds(track.time);
  geo::CovEn cov = track.position_cov_m2();
  cov.ee += dt * (2 * track.cov[2] + dt * track.cov[7]);
  cov.en += dt * (track.cov[3] + track.cov[5] + dt * track.cov[8]);
  cov.nn += dt * (2 * track.cov[6] + dt * track.cov[9]);
  return {track.id, at.east + dt * track.ve_mps, at.north + dt * track.vn_mps, cov};
}

std::vector<Shown> shown(track::Tracker& tracker, double t_s) {
  tracker.settle();
  std::vector<Shown> out;
  for (const track::Track& track : tracker.tracks()) {
    if (track.status == track::TrackStatus::confirmed) out.push_back(shown_at(track, t_s));
  }
  return out;
}

// The movers present, and by each the track that is matched to it.
struct Matched {
  const MadeMover* mover;
  geo::Enu at;
  const Shown* track;  // or none
};

std::vector<Matched> match(const MadeUp& made, const std::vector<Shown>& tracks, double t_s) {
  std::vector<Matched> matched;
  std::vector<score::TimedPoint> truth, shown;
  for (const MadeMover& mover : made.movers) {
    if (!mover.present(t_s)) continue;
    const geo::Enu at = mover.place(t_s);
    matched.push_back({&mover, at, nullptr});
    truth.push_back({t_s, mover.id, at.east, at.north});
  }
  for (const Shown& track : tracks) shown.push_back({t_s, {}, track.e_m, track.n_m});
  for (const auto& [mover, track] : score::match_points(truth, shown, kCutOff_m)) {
    matched[mover].track = &tracks[track];
  }
  return matched;
}

std::vector<double> arrival_in_order(const std::vector<track::Scan>& scans) {
  std::vector<double> arrival;
  for (const track::Scan& scan : scans) arrival.push_back(seconds(scan.time));
  return arrival;
}

score::TrackScore scored(const std::vector<track::Scan>& scans,
                         const std::vector<double>& arrival_s,
                         const std::vector<score::TimedPoint>& truth) {
  track::Tracker tracker({}, plane());
  std::vector<score::TimedPoint> points;
  watch(tracker, scans, arrival_s, times_of(truth), [&](double t, const auto& tracks) {
    for (const Shown& track : tracks) {
      points.push_back({t, std::to_string(track.id.value), track.e_m, track.n_m});
    }
  });
  return score::score_tracks(truth, points);
}

double nees(const Matched& pair) {
  const geo::CovEn& c = pair.track->cov_m2;
  const double e = pair.track->e_m - pair.at.east, n = pair.track->n_m - pair.at.north;
  return geo::distance2(e, n, c);
}

// Quantile of the mean of so many squared distances of two dimensions (chi squared), by Wilson and
// Hilferty's approximation.
double mean_quantile(int samples, double normal_quantile) {
  const double freedoms = 2.0 * samples;
  const double third = 1 - 2 / (9 * freedoms) + normal_quantile * std::sqrt(2 / (9 * freedoms));
  return 2 * third * third * third;
}

// A mover's passage through dead ground, and the track it had before.
struct Passage {
  double from_s, until_s;
  std::optional<track::TrackId> before;
  bool told = false;
};

bool hidden_since(const MadeMover& mover, double from_s, double until_s) {
  return std::any_of(mover.hidden.begin(), mover.hidden.end(), [&](const auto& span) {
    return span.first <= until_s && span.second >= from_s;
  });
}

}  // namespace

void watch(track::Tracker& tracker, const std::vector<track::Scan>& scans,
           const std::vector<double>& arrival_s, const std::vector<double>& times_s,
           const std::function<void(double t_s, const std::vector<Shown>&)>& take) {
  std::size_t next = 0;
  for (const double t : times_s) {
    while (next < scans.size() && arrival_s[next] <= t) tracker.process(scans[next++]);
    take(t, shown(tracker, t));
  }
}

score::TrackScore track_and_score(const std::vector<track::Scan>& scans,
                                  const std::vector<score::TimedPoint>& truth) {
  return scored(scans, arrival_in_order(scans), truth);
}

score::TrackScore track_and_score(const MadeUp& made) {
  return scored(made.scans, made.arrival_s, made.truth);
}

score::TrackScore record_and_score(const MadeUp& made) {
  track::Tracker tracker({}, plane());
  TrackRecord record;
  for (const track::Scan& scan : made.scans) {
    tracker.process(scan);
    record.take(tracker, scan.time);
  }
  record.settle(tracker);
  std::vector<score::TimedPoint> points;
  for (const double t : times_of(made.truth)) {
    const auto next = record.states.upper_bound(
        std::chrono::floor<std::chrono::seconds>(base::Time(base::from_seconds(t))));
    if (next == record.states.begin()) continue;
    for (const track::Track& track : std::prev(next)->second) {
      if (track.status != track::TrackStatus::confirmed) continue;
      const Shown at = shown_at(track, t);
      points.push_back({t, std::to_string(at.id.value), at.e_m, at.n_m});
    }
  }
  return score::score_tracks(made.truth, points);
}

double Consistency::least() const { return mean_quantile(samples, -1.96); }
double Consistency::most() const { return mean_quantile(samples, 1.96); }

std::map<MadeKind, Consistency> consistency(const MadeUp& made) {
  std::map<MadeKind, Consistency> found;
  track::Tracker tracker({}, plane());
  constexpr double kFresh_s = 20;
  watch(tracker, made.scans, made.arrival_s, every(kFresh_s, made.truth.back().t_s),
        [&](double t, const auto& tracks) {
          for (const Matched& pair : match(made, tracks, t)) {
            if (pair.track == nullptr) continue;
            Consistency& kind = found[pair.mover->kind];
            kind.sum += nees(pair);
            ++kind.samples;
          }
        });
  return found;
}

std::map<MadeKind, Kept> kept_through_hollows(const Strip& strip, const MadeUp& made,
                                              double least_hidden_s) {
  constexpr double kSettled_s = 20;  // after which the track on the other side must be back
  std::map<const MadeMover*, std::vector<Passage>> passages;
  for (const MadeMover& mover : made.movers) {
    for (const auto& [from, until] : mover.hidden) {
      if (until - from >= least_hidden_s) passages[&mover].push_back({from, until, {}, false});
    }
  }
  std::map<MadeKind, Kept> found;
  track::Tracker tracker({}, plane(), visibility_in(strip, made));
  watch(tracker, made.scans, made.arrival_s, times_of(made.truth),
        [&](double t, const auto& shown) {
          for (const Matched& pair : match(made, shown, t)) {
            const auto mine = passages.find(pair.mover);
            if (mine == passages.end()) continue;
            for (Passage& passage : mine->second) {
              if (t <= passage.from_s) {
                passage.before.reset();
                if (pair.track != nullptr) passage.before = pair.track->id;
              }
              if (t < passage.until_s + kSettled_s || passage.told || !passage.before) continue;
              passage.told = true;
              Kept& kind = found[pair.mover->kind];
              ++kind.hidden;
              if (pair.track != nullptr && pair.track->id == *passage.before) ++kind.kept;
            }
          }
        });
  return found;
}

double right_counts(const MadeUp& made) {
  constexpr double kSettled_s = 30;
  int right = 0, all = 0;
  std::map<int, int> sizes;
  for (const MadeMover& mover : made.movers) {
    if (mover.kind == MadeKind::group) ++sizes[mover.group];
  }
  track::Tracker tracker({}, plane());
  watch(tracker, made.scans, made.arrival_s, every(10, made.truth.back().t_s),
        [&](double t, const auto& tracks) {
          std::map<int, int> in_sight, tracked;
          for (const Matched& pair : match(made, tracks, t)) {
            if (pair.mover->kind != MadeKind::group) continue;
            if (t < pair.mover->first_s + kSettled_s) continue;
            if (hidden_since(*pair.mover, t - kSettled_s, t)) continue;
            ++in_sight[pair.mover->group];
            tracked[pair.mover->group] += pair.track != nullptr ? 1 : 0;
          }
          for (const auto& [group, size] : sizes) {
            if (in_sight[group] != size) continue;
            ++all;
            right += tracked[group] == size ? 1 : 0;
          }
        });
  return double(right) / all;
}

}  // namespace marsad::test
