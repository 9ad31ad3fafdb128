// SPDX-License-Identifier: Apache-2.0
#include "tests/track/strip.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <utility>

#include "tests/support/real_data.h"
#include "tests/support/timed_points.h"
#include "tests/track/dice.h"
#include "track/csv.h"

namespace marsad::test {
namespace {

using std::numbers::pi;

struct Walker {
  double e, n, ve, vn;
  double wander;  // rad/√s by which its heading changes
  double starts_s;
  double turn_radps = 0;
  double turn_until_s = 0;
  double hidden_until_s = 0;
  bool vehicle = false;
};

std::vector<Walker> place_movers(const Strip& s, Dice& dice) {
  std::vector<Walker> movers;
  for (int g = 0; g < s.groups; ++g) {
    const double e = dice.uniform(0.05, 0.95) * s.length_m;
    const double n = dice.uniform(-0.5, 0.3) * s.half_width_m;
    const double heading = dice.uniform(-0.6, 0.6);
    const double line = dice.uniform(0, 2 * pi);  // how the group is strung out
    const double speed = s.walking_mps * dice.uniform(0.8, 1.2);
    const double starts = dice.uniform(0, 0.3) * s.duration_s;
    for (int i = 0; i < s.group_size; ++i) {
      movers.push_back({e + i * s.spacing_m * std::cos(line) + dice.normal(),
                        n + i * s.spacing_m * std::sin(line) + dice.normal(),
                        speed * std::sin(heading), speed * std::cos(heading), 0.005, starts});
    }
  }
  for (int v = 0; v < s.vehicles; ++v) {
    const double heading = dice.uniform(0, 2 * pi);
    const double speed = s.driving_mps * dice.uniform(0.5, 1.6);
    movers.push_back({dice.uniform(0.2, 0.8) * s.length_m, dice.uniform(-0.7, 0.7) * s.half_width_m,
                      speed * std::sin(heading), speed * std::cos(heading), 0.01,
                      dice.uniform(0, 0.6) * s.duration_s});
    movers.back().vehicle = true;
  }
  for (int a = 0; a < s.animals; ++a) {
    const double heading = dice.uniform(0, 2 * pi);
    const double speed = dice.uniform(0.3, 1.2);
    movers.push_back({dice.uniform(0, 1) * s.length_m, dice.uniform(-0.8, 0.8) * s.half_width_m,
                      speed * std::sin(heading), speed * std::cos(heading), 0.1, 0});
  }
  return movers;
}

void step(Walker& m, double t, double dt, const Strip& s, Dice& dice) {
  if (m.vehicle && t > m.turn_until_s && dice.uniform() < dt / 40) {
    m.turn_until_s = t + dice.uniform(3, 10);
    m.turn_radps = dice.uniform(-0.15, 0.15);
  }
  if (t > m.turn_until_s) m.turn_radps = 0;
  const double turn = m.turn_radps * dt + m.wander * std::sqrt(dt) * dice.normal();
  const double c = std::cos(turn), d = std::sin(turn);
  const double ve = c * m.ve - d * m.vn;
  m.vn = d * m.ve + c * m.vn;
  m.ve = ve;
  m.e += dt * m.ve;
  m.n += dt * m.vn;
  if (t > m.hidden_until_s && dice.uniform() < dt / s.hide_every_s) {
    m.hidden_until_s = t + dice.uniform(5, 20);
  }
}

// One report of a tower at (te, tn) of something at (e, n).
locate::Plot report(double te, double tn, double e, double n, double scale, const Strip& s,
                    Dice& dice) {
  const double range = std::max(1.0, std::hypot(e - te, n - tn));
  const double ue = (e - te) / range, un = (n - tn) / range;
  const double across = s.across_m + s.across_per_m * range;
  const double along = s.along_m + s.along_per_m * range;
  const double x = across * dice.normal();
  const double y = along * dice.normal() + scale * range;
  locate::Plot plot;
  plot.place = plane().to_geodetic({e + y * ue - x * un, n + y * un + x * ue, 0});
  const auto spread = [&](double a2, double r2) {
    return geo::CovEn{r2 * ue * ue + a2 * un * un, (r2 - a2) * ue * un,
                      r2 * un * un + a2 * ue * ue};
  };
  plot.cov_m2 = spread(across * across, along * along);
  const double bias = s.bias_per_m * range;
  plot.bias_cov_m2 = spread(0, bias * bias);
  return plot;
}

}  // namespace

const geo::LocalFrame& plane() {
  static const geo::LocalFrame frame({0.62, 0.72, 0});
  return frame;
}

MadeUp make_up(const Strip& s) {
  Dice dice(s.seed);
  std::vector<Walker> movers = place_movers(s, dice);
  struct Tower {
    double e, n, scale;
  };
  std::vector<Tower> towers;
  for (double e = s.tower_every_m / 2; e < s.length_m; e += s.tower_every_m) {
    towers.push_back({e, dice.uniform(200, 1200), s.bias_per_m * dice.normal()});
  }
  MadeUp made;
  for (double t = 0; t < s.duration_s; t += s.scan_every_s) {
    std::vector<track::Scan> scans;
    for (std::size_t k = 0; k < towers.size(); ++k) {
      scans.push_back({sensor::SensorId{std::to_string(k)}, base::Time(base::from_seconds(t)), {}});
    }
    for (std::size_t m = 0; m < movers.size(); ++m) {
      Walker& w = movers[m];
      if (t < w.starts_s) continue;
      step(w, t, s.scan_every_s, s, dice);
      if (std::abs(w.n) > s.half_width_m || w.e < 0 || w.e > s.length_m) continue;
      made.truth.push_back({t, std::to_string(m), w.e, w.n});
      if (t < w.hidden_until_s) continue;
      std::vector<std::pair<double, std::size_t>> near;
      for (std::size_t k = 0; k < towers.size(); ++k) {
        const double range = std::hypot(w.e - towers[k].e, w.n - towers[k].n);
        if (range < s.range_m) near.emplace_back(range, k);
      }
      std::sort(near.begin(), near.end());
      for (std::size_t i = 0; i < near.size() && i < std::size_t(s.sensors_a_mover); ++i) {
        if (dice.uniform() > s.detection_probability) continue;
        const Tower& tower = towers[near[i].second];
        scans[near[i].second].plots.push_back(
            report(tower.e, tower.n, w.e, w.n, tower.scale, s, dice));
      }
    }
    for (int f = dice.poisson(s.false_plots_a_scan); f > 0; --f) {
      const auto k = std::size_t(dice.uniform() * double(towers.size()));
      const Tower& tower = towers[k];
      const double e = tower.e + dice.uniform(-1, 1) * s.range_m;
      const double n = dice.uniform(-1, 1) * s.half_width_m;
      if (std::hypot(e - tower.e, n - tower.n) > s.range_m) continue;
      scans[k].plots.push_back(report(tower.e, tower.n, e, n, 0, s, dice));
    }
    for (track::Scan& scan : scans) {
      for (locate::Plot& plot : scan.plots) {
        plot.sensor = scan.sensor;
        plot.time = scan.time;
      }
      made.plots += scan.plots.size();
      if (!scan.plots.empty()) made.scans.push_back(std::move(scan));
    }
  }
  return made;
}

std::optional<Recorded> read_recorded(const std::string& name) {
  const auto folder = real_data("tracking/" + name);
  if (!folder) return std::nullopt;
  std::ifstream in(*folder / "plots.csv");
  auto scans = track::read_plots(in, "plots.csv", plane());
  CHECK(scans.has_value());
  return Recorded{*std::move(scans), read_points(*folder / "truth.csv"),
                  read_points(*folder / "stonesoup_gnn.csv")};
}

score::TrackScore track_and_score(const std::vector<track::Scan>& scans,
                                  const std::vector<score::TimedPoint>& truth) {
  track::Tracker tracker({}, plane());
  std::vector<score::TimedPoint> points;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    tracker.process(scans[i]);
    if (i + 1 < scans.size() && scans[i + 1].time == scans[i].time) continue;
    for (const track::Track& track : tracker.tracks()) {
      if (track.status != track::TrackStatus::confirmed) continue;
      const geo::Enu at = plane().to_enu(track.place);
      points.push_back({base::to_seconds(track.time.time_since_epoch()),
                        std::to_string(track.id.value), at.east, at.north});
    }
  }
  return score::score_tracks(truth, points);
}

}  // namespace marsad::test
