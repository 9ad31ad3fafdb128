// SPDX-License-Identifier: Apache-2.0
#include "tests/track/strip.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "tests/track/dice.h"
#include "tests/track/plane.h"

namespace marsad::test {
namespace {

base::Time at_time(double t_s) { return base::Time(base::from_seconds(t_s)); }

// One after the other, each sensor's looks with what they found.
class Watch {
 public:
  Watch(const Strip& strip, const MadeUp& made) : s_(strip), made_(made) {}

  track::Scan look(const MadeSensor& sensor, double t_s, Dice& dice) const {
    track::Scan scan{sensor.id, at_time(t_s), {}};
    for (const MadeMover& mover : made_.movers) {
      if (!mover.present(t_s)) continue;
      const geo::Enu at = mover.place(t_s);
      if (!reports(made_.sensors, sensor, at, s_.sensors_a_mover)) continue;
      if (mover.is_hidden(t_s)) continue;
      if (dice.uniform() > sensor.detection_probability) continue;
      scan.plots.push_back(report(sensor, at, dice));
    }
    const double false_plots = s_.false_plots_a_scan / double(made_.sensors.size());
    for (int f = dice.poisson(false_plots); f > 0; --f) add_false(sensor, scan, dice);
    for (locate::Plot& plot : scan.plots) {
      plot.sensor = scan.sensor;
      plot.time = scan.time;
    }
    return scan;
  }

 private:
  void add_false(const MadeSensor& sensor, track::Scan& scan, Dice& dice) const {
    if (!sensor.clutter.empty() && dice.uniform() < s_.clustered) {
      const auto i = std::size_t(dice.uniform() * double(sensor.clutter.size()));
      constexpr double kSpread_m = 6;
      scan.plots.push_back(report(
          sensor,
          sensor.clutter[i] + geo::Enu{kSpread_m * dice.normal(), kSpread_m * dice.normal(), 0},
          dice));
      return;
    }
    const geo::Enu at = {sensor.e_m + dice.uniform(-1, 1) * sensor.range_m,
                         s_.north_m + dice.uniform(-1, 1) * s_.half_width_m, 0};
    if (sensor.distance_m(at) <= sensor.range_m) scan.plots.push_back(report(sensor, at, dice));
  }

  const Strip& s_;
  const MadeUp& made_;
};

void sort_by_arrival(MadeUp& made) {
  std::vector<std::size_t> order(made.scans.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&made](std::size_t a, std::size_t b) {
    const auto one = std::pair(made.arrival_s[a], made.scans[a].time);
    const auto other = std::pair(made.arrival_s[b], made.scans[b].time);
    if (one != other) return one < other;
    // What comes at once comes in the order of sensors, or the tracker would have to go back for
    // it.
    return track::comes_before(made.scans[a].sensor, made.scans[b].sensor);
  });
  std::vector<track::Scan> scans;
  std::vector<double> arrival_s;
  for (const std::size_t i : order) {
    scans.push_back(std::move(made.scans[i]));
    arrival_s.push_back(made.arrival_s[i]);
  }
  made.scans = std::move(scans);
  made.arrival_s = std::move(arrival_s);
}

void add_truth(const Strip& s, MadeUp& made) {
  for (double t = 0; t < s.duration_s; t += s.scan_every_s) {
    for (const MadeMover& mover : made.movers) {
      if (!mover.present(t)) continue;
      const geo::Enu at = mover.place(t);
      made.truth.push_back({t, mover.id, at.east, at.north});
    }
  }
}

void add_looks(const Strip& s, MadeUp& made) {
  const Watch watch(s, made);
  for (std::size_t k = 0; k < made.sensors.size(); ++k) {
    const MadeSensor& sensor = made.sensors[k];
    Dice dice((s.seed * 1'000'003 + k) * 0xBF58476D1CE4E5B9U + 2);
    for (int look = 0; sensor.first_look_s + look * sensor.period_s < s.duration_s; ++look) {
      const double t = sensor.first_look_s + look * sensor.period_s;
      if (t >= sensor.silent_from_s && t < sensor.silent_until_s) continue;
      track::Scan scan = watch.look(sensor, t, dice);
      const bool late = s.delayed > 0 && dice.uniform() < s.delayed;
      const double delay_s = late ? dice.uniform(0, s.most_delay_s) : 0;
      made.plots += scan.plots.size();
      if (scan.plots.empty() && !s.empty_looks) continue;
      made.scans.push_back(std::move(scan));
      made.arrival_s.push_back(t + delay_s);
    }
  }
  sort_by_arrival(made);
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

MadeUp make_up(const Strip& s) {
  MadeUp made;
  made.movers = make_movers(s);
  made.hollows = make_hollows(s, made.movers);
  hide_in_hollows(made.hollows, made.movers);
  made.sensors = make_sensors(s);
  add_truth(s, made);
  add_looks(s, made);
  return made;
}

MadeUp make_up_stacked(Strip strip, int strips) {
  MadeUp all;
  const std::uint64_t first_seed = strip.seed;
  for (int i = 0; i < strips; ++i) {
    strip.seed = first_seed + std::uint64_t(i);
    strip.north_m = (i - 0.5 * (strips - 1)) * 2.5 * strip.half_width_m;
    strip.name = std::to_string(i) + "-";
    MadeUp made = make_up(strip);
    for (MadeMover& mover : made.movers) {
      if (mover.group >= 0) mover.group += i * (strip.groups + strip.convoys);
    }
    append(all.scans, made.scans);
    append(all.arrival_s, made.arrival_s);
    append(all.truth, made.truth);
    append(all.movers, made.movers);
    append(all.sensors, made.sensors);
    append(all.hollows, made.hollows);
    all.plots += made.plots;
  }
  sort_by_arrival(all);
  return all;
}

track::Visibility visibility_in(const Strip& strip, const MadeUp& made) {
  return [strip, &made](const sensor::SensorId& id, geo::Geodetic place, sensor::MoverClass) {
    const geo::Enu at = plane().to_enu(place);
    const geo::Enu flat = {at.east, at.north, 0};
    const auto sensor = std::find_if(made.sensors.begin(), made.sensors.end(),
                                     [&id](const MadeSensor& s) { return s.id == id; });
    const bool hidden = std::any_of(made.hollows.begin(), made.hollows.end(),
                                    [&](const Hollow& hollow) { return hollow.holds(flat); });
    if (hidden || !reports(made.sensors, *sensor, flat, strip.sensors_a_mover)) return 0.0;
    return sensor->detection_probability;
  };
}

track::Watched watched_in(const MadeUp& made) {
  std::unordered_map<sensor::SensorId, track::WatchedCircle> circles;
  for (const MadeSensor& sensor : made.sensors) {
    circles[sensor.id] = {plane().to_geodetic({sensor.e_m, sensor.n_m, 0}), sensor.range_m};
  }
  return [circles](const sensor::SensorId& id) -> std::optional<track::WatchedCircle> {
    return circles.at(id);
  };
}

MadeUp in_time(MadeUp made) {
  for (std::size_t i = 0; i < made.scans.size(); ++i) {
    made.arrival_s[i] = base::to_seconds(made.scans[i].time.time_since_epoch());
  }
  sort_by_arrival(made);
  return made;
}

}  // namespace marsad::test
