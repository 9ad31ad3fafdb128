// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "tests/track/bias_trial.h"
#include "tests/track/plane.h"
#include "tests/track/recorded.h"
#include "tests/track/trial.h"

// How fast and how well movers are followed, on recorded scenarios beside Stone Soup's tracks of
// the same plots, and on made strips (simulated), whose seeds no test and no setting was chosen by.
namespace marsad {
namespace {

constexpr std::uint64_t kSeed = 4200;

void time_scans(benchmark::State& state, const std::vector<track::Scan>& scans) {
  std::size_t plots = 0;
  for (auto _ : state) {
    track::Tracker tracker({}, test::plane());
    for (const track::Scan& scan : scans) {
      tracker.process(scan);
      plots += scan.plots.size();
    }
    tracker.settle();
    benchmark::DoNotOptimize(tracker);
  }
  state.counters["plots/s"] = benchmark::Counter(double(plots), benchmark::Counter::kIsRate);
}

void recorded(benchmark::State& state, const std::string& name) {
  const auto strip = test::read_recorded(name);
  if (!strip) return state.SkipWithError("no tracking scenarios");
  time_scans(state, strip->scans);

  const auto ours = test::track_and_score(strip->scans, strip->truth);
  const auto theirs = score::score_tracks(strip->truth, strip->stone_soup);
  state.counters["gospa_m"] = ours.gospa_m;
  state.counters["gospa/stonesoup"] = ours.gospa_m / theirs.gospa_m;
  state.counters["switches"] = double(ours.id_switches);
  state.counters["switches/stonesoup"] = double(ours.id_switches) / double(theirs.id_switches);
}
BENCHMARK_CAPTURE(recorded, crossing_1, "crossing-1")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recorded, crossing_2, "crossing-2")->Unit(benchmark::kMillisecond);

// About a hundred movers on 30 km, 10 false plots a scan; a look of all towers every 2 s.
test::Strip thirty_kilometres() {
  return {.seed = kSeed,
          .length_m = 30000,
          .duration_s = 60,
          .groups = 9,
          .group_size = 0,
          .spacing_m = 0,
          .vehicles = 15,
          .animals = 20,
          .lone_walkers = 15,
          .convoys = 2,
          .false_plots_a_scan = 10};
}

// Bytes handed out by malloc and not given back.
double memory_in_use() {
  const struct mallinfo2 info = mallinfo2();
  return double(info.uordblks) + double(info.hblkhd);
}

// Strips of 30 km side by side and end to end: 40 movers (a short one), 100, 1 000 over 300 km
// with 100 false plots a scan, and ten such strips.
test::MadeUp made_of(std::int64_t movers) {
  test::Strip strip = thirty_kilometres();
  const int times = movers <= 100 ? 1 : 10;  // as long
  if (movers == 40) {
    strip.length_m *= 0.4;
    strip.groups = 4;
    strip.convoys = 1;
    for (int* count : {&strip.vehicles, &strip.animals, &strip.lone_walkers})
      *count = *count * 2 / 5;
    strip.false_plots_a_scan *= 0.4;
  }
  strip.length_m *= times;
  strip.west_m = -strip.length_m / 2;
  strip.false_plots_a_scan *= times;
  for (int* count :
       {&strip.groups, &strip.vehicles, &strip.animals, &strip.lone_walkers, &strip.convoys}) {
    *count *= times;
  }
  return test::make_up_stacked(strip, movers > 1000 ? int(movers / 1000) : 1);
}

void made(benchmark::State& state) {
  const test::MadeUp made = made_of(state.range(0));
  time_scans(state, made.scans);

  const double before = memory_in_use();
  track::Tracker tracker({}, test::plane());
  for (const track::Scan& scan : made.scans) tracker.process(scan);
  state.counters["bytes/track"] = (memory_in_use() - before) / double(tracker.tracks().size());
  const auto score = test::track_and_score(made);
  state.counters["movers"] = score.truth;
  state.counters["gospa_m"] = score.gospa_m;
  state.counters["switches"] = double(score.id_switches);
}
BENCHMARK(made)->Arg(40)->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);

// The same with a model of who sees how far; told the circles in which that is not nothing, or not.
void made_watched(benchmark::State& state) {
  const test::MadeUp made = made_of(state.range(0));
  std::unordered_map<sensor::SensorId, const test::MadeSensor*> sensors;
  for (const test::MadeSensor& sensor : made.sensors) sensors[sensor.id] = &sensor;
  const auto visible = [&sensors](const sensor::SensorId& id, geo::Geodetic place,
                                  sensor::MoverClass) {
    const test::MadeSensor& sensor = *sensors.at(id);
    const geo::Enu at = test::plane().to_enu(place);
    const bool reaches = sensor.distance_m({at.east, at.north, 0}) < sensor.range_m;
    return reaches ? sensor.detection_probability : 0.0;
  };
  track::Watched circles;
  if (state.range(1) != 0) circles = test::watched_in(made);
  for (auto _ : state) {
    track::Tracker tracker({}, test::plane(), visible, circles);
    for (const track::Scan& scan : made.scans) tracker.process(scan);
    benchmark::DoNotOptimize(tracker);
  }
  state.counters["plots/s"] = benchmark::Counter(double(made.plots) * double(state.iterations()),
                                                 benchmark::Counter::kIsRate);
}
BENCHMARK(made_watched)
    ->Args({100, 0})
    ->Args({1000, 0})
    ->Args({100, 1})
    ->Args({1000, 1})
    ->Args({10000, 1})
    ->ArgNames({"movers", "circles"})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// Ten minutes of everything at once: towers in their own time, a balloon, radars, biases, outages,
// people who stop and go and meet, clutter in heaps.
test::Strip everything(std::uint64_t seed) {
  return {.seed = seed,
          .length_m = 20000,
          .duration_s = 600,
          .groups = 4,
          .group_size = 0,
          .spacing_m = 0,
          .vehicles = 5,
          .animals = 5,
          .lone_walkers = 6,
          .convoys = 1,
          .meetings = 2,
          .stop_every_s = 200,
          .false_plots_a_scan = 8,
          .clustered = 0.5,
          .bias_per_m = 0.002,
          .azimuth_bias_rad = 0.001,
          .balloons = 1,
          .radars = 2,
          .own_time = true,
          .outages = 1};
}

void tell(benchmark::State& state, const score::TrackScore& score) {
  state.counters["gospa_m"] = score.gospa_m;
  state.counters["missed"] = score.missed;
  state.counters["false"] = score.false_tracks;
  state.counters["switches"] = double(score.id_switches);
}

void everything_at_once(benchmark::State& state) {
  const test::MadeUp made = test::make_up(everything(kSeed));
  time_scans(state, made.scans);
  tell(state, test::track_and_score(made));
}
BENCHMARK(everything_at_once)->Unit(benchmark::kMillisecond);

// Of many quiet strips, what the tracker says of its errors, by kind of mover.
const std::vector<std::map<test::MadeKind, test::Consistency>>& quiet_strips() {
  static const auto strips = [] {
    std::vector<std::map<test::MadeKind, test::Consistency>> out;
    for (std::uint64_t seed = kSeed; seed < kSeed + 60; ++seed) {
      out.push_back(test::consistency(
          test::make_up({.seed = seed, .group_size = 0, .spacing_m = 0, .lone_walkers = 8})));
    }
    return out;
  }();
  return strips;
}

// NEES of the place, of one kind of mover or of all, with the bounds in which 95 of 100 honest
// trackers lie: where every sample were a draw of its own, and where only the strips are, since a
// mix-up in a group makes many bad samples in a row. The latter from how much strips differ, as of
// a ratio of two sums [Cochran1977 §6.3].
void honesty(benchmark::State& state, std::optional<test::MadeKind> kind) {
  std::vector<test::Consistency> strips;
  test::Consistency all;
  for (auto _ : state) {
    for (const auto& strip : quiet_strips()) {
      test::Consistency& here = strips.emplace_back();
      for (const auto& [found, one] : strip) {
        if (kind && found != *kind) continue;
        here.sum += one.sum;
        here.samples += one.samples;
      }
      all.sum += here.sum;
      all.samples += here.samples;
    }
  }
  double squares = 0;
  for (const test::Consistency& strip : strips) {
    const double off = strip.sum - all.nees() * strip.samples;
    squares += off * off;
  }
  const auto count = static_cast<double>(strips.size());
  const double sigma = std::sqrt(squares * count / (count - 1)) / all.samples;
  state.counters["nees"] = all.nees();
  state.counters["least"] = all.least();
  state.counters["most"] = all.most();
  state.counters["least of strips"] = 2 - 1.96 * sigma;
  state.counters["most of strips"] = 2 + 1.96 * sigma;
}
BENCHMARK_CAPTURE(honesty, all, std::nullopt)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(honesty, walkers, test::MadeKind::walker)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(honesty, groups, test::MadeKind::group)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(honesty, vehicles, test::MadeKind::vehicle)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(honesty, animals, test::MadeKind::animal)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// Who keeps his number through dead ground that hides him for about a minute; the tracker asks the
// strip's own model of who sees what.
void dead_ground(benchmark::State& state, test::MadeKind kind) {
  test::Kept all;
  for (auto _ : state) {
    for (std::uint64_t seed = kSeed; seed < kSeed + 8; ++seed) {
      const test::Strip strip = {.seed = seed,
                                 .vehicles = 2,
                                 .animals = 2,
                                 .lone_walkers = 5,
                                 .hollows = 10,
                                 .hide_every_s = 400,
                                 .empty_looks = true};
      const test::MadeUp made = test::make_up(strip);
      const test::Kept one = test::kept_through_hollows(strip, made, 45)[kind];
      all.hidden += one.hidden;
      all.kept += one.kept;
    }
  }
  state.counters["hidden"] = all.hidden;
  state.counters["kept"] = all.share();
}
BENCHMARK_CAPTURE(dead_ground, alone, test::MadeKind::walker)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(dead_ground, groups, test::MadeKind::group)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// How often a group of 2 to 8 in sight has a track for each.
void group_counts(benchmark::State& state) {
  double right = 0;
  constexpr int kStrips = 6;
  for (auto _ : state) {
    for (int i = 0; i < kStrips; ++i) {
      right +=
          test::right_counts(test::make_up(
              {.seed = kSeed + std::uint64_t(i), .groups = 8, .group_size = 0, .spacing_m = 0})) /
          kStrips;
    }
  }
  state.counters["right"] = right;
}
BENCHMARK(group_counts)->Iterations(1)->Unit(benchmark::kMillisecond);

// A share of the looks comes up to 30 s late; scored by what is shown then, and by what the record
// holds of each second in the end, both against the same looks in time.
void delayed(benchmark::State& state) {
  double late_m = 0, ordered_m = 0, late_record_m = 0, ordered_record_m = 0;
  for (auto _ : state) {
    for (std::uint64_t seed = kSeed; seed < kSeed + 3; ++seed) {
      const test::MadeUp late =
          test::make_up({.seed = seed, .own_time = true, .delayed = double(state.range(0)) / 100});
      late_m += test::track_and_score(late).gospa_m / 3;
      ordered_m += test::track_and_score(test::in_time(late)).gospa_m / 3;
      late_record_m += test::record_and_score(late).gospa_m / 3;
      ordered_record_m += test::record_and_score(test::in_time(late)).gospa_m / 3;
    }
  }
  state.counters["shown_gospa_m"] = late_m;
  state.counters["shown_gospa/in_time"] = late_m / ordered_m;
  state.counters["record_gospa_m"] = late_record_m;
  state.counters["record_gospa/in_time"] = late_record_m / ordered_record_m;
}
BENCHMARK(delayed)->Arg(10)->Arg(50)->Arg(100)->ArgName("percent")->Iterations(1)->Unit(
    benchmark::kMillisecond);

// Two cameras, one of which points 0.3° off, and eight walkers between them for ten minutes: how
// far off the bias is found, and what is said of that, 1 sigma.
void bias_of_two(benchmark::State& state) {
  double off2 = 0, said_deg = 0;
  constexpr int kTrials = 20;
  for (auto _ : state) {
    for (int trial = 0; trial < kTrials; ++trial) {
      const track::SensorBias found = test::bias_found_of_two(kSeed + std::uint64_t(trial), 600);
      const double off_deg = geo::degrees(found.azimuth_rad) - 0.3;
      off2 += off_deg * off_deg / kTrials;
      said_deg += geo::degrees(found.azimuth_sigma_rad) / kTrials;
    }
  }
  state.counters["off_deg_rms"] = std::sqrt(off2);
  state.counters["said_deg"] = said_deg;
}
BENCHMARK(bias_of_two)->Iterations(1)->Unit(benchmark::kMillisecond);

// Towers that each point off by some of 0.2°: errors of tracks before and after these are known.
void biases_taken_out(benchmark::State& state) {
  const test::Strip strip = {
      .seed = kSeed, .duration_s = 600, .lone_walkers = 8, .azimuth_bias_rad = geo::radians(0.2)};
  const test::MadeUp made = test::make_up(strip);
  test::Unbiased unbiased{{}, 0};
  for (auto _ : state) unbiased = test::take_biases_out(made);
  state.counters["off_deg_rms"] = unbiased.off_deg_rms;
  state.counters["gospa_m/biased"] = test::track_and_score(made).gospa_m;
  state.counters["gospa_m"] = test::track_and_score(unbiased.scans, made.truth).gospa_m;
  state.counters["plots/s"] = benchmark::Counter(double(made.plots) * double(state.iterations()),
                                                 benchmark::Counter::kIsRate);
}
BENCHMARK(biases_taken_out)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
