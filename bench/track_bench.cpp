// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "tests/track/strip.h"

namespace marsad {
namespace {

void time_scans(benchmark::State& state, const std::vector<track::Scan>& scans) {
  std::size_t plots = 0;
  for (auto _ : state) {
    track::Tracker tracker({}, test::plane());
    for (const track::Scan& scan : scans) {
      tracker.process(scan);
      plots += scan.plots.size();
    }
    benchmark::DoNotOptimize(tracker);
  }
  state.counters["plots/s"] = benchmark::Counter(double(plots), benchmark::Counter::kIsRate);
}

// Recorded scenarios: how fast, and how well beside Stone Soup's tracks of the same plots.
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

// Groups of five along strips that grow with the number of movers.
void made_up(benchmark::State& state) {
  const int movers = static_cast<int>(state.range(0));
  const test::MadeUp made = test::make_up({.length_m = 500.0 * movers,
                                           .duration_s = 120,
                                           .groups = movers * 6 / 50,
                                           .group_size = 5,
                                           .vehicles = movers / 5,
                                           .animals = movers / 5,
                                           .false_plots_a_scan = 0.25 * movers});
  time_scans(state, made.scans);
  state.counters["gospa_m"] = test::track_and_score(made.scans, made.truth).gospa_m;
}
BENCHMARK(made_up)->Arg(40)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
