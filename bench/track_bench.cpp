// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <fstream>

#include "base/csv.h"
#include "tests/support/real_data.h"
#include "tests/track/strip.h"
#include "track/csv.h"

namespace marsad {
namespace {

const geo::LocalFrame& plane() {
  static const geo::LocalFrame frame({0.62, 0.72, 0});
  return frame;
}

std::vector<score::TimedPoint> read_points(const std::filesystem::path& path) {
  std::ifstream in(path);
  auto row = base::CsvReader::open(in, path.string(), {"t", "id", "e", "n"});
  std::vector<score::TimedPoint> points;
  if (!row) return points;
  while (*row->next()) {
    points.push_back(
        {*row->number("t"), std::string(row->text("id")), *row->number("e"), *row->number("n")});
  }
  return points;
}

void time_scans(benchmark::State& state, const std::vector<track::Scan>& scans) {
  std::size_t plots = 0;
  for (auto _ : state) {
    track::Tracker tracker({}, plane());
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
  const auto folder = test::real_data("tracking/" + name);
  if (!folder) return state.SkipWithError("no tracking scenarios");
  std::ifstream in(*folder / "plots.csv");
  const auto scans = track::read_plots(in, "plots.csv", plane());
  if (!scans) return state.SkipWithError(to_string(scans.error()).c_str());
  time_scans(state, *scans);

  track::Tracker tracker({}, plane());
  const auto truth = read_points(*folder / "truth.csv");
  const auto ours = score::score_tracks(truth, test::confirmed(tracker, *scans, plane()));
  const auto theirs = score::score_tracks(truth, read_points(*folder / "stonesoup_gnn.csv"));
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
                                           .false_plots_a_scan = 0.25 * movers},
                                          plane());
  time_scans(state, made.scans);
  track::Tracker tracker({}, plane());
  state.counters["gospa_m"] =
      score::score_tracks(made.truth, test::confirmed(tracker, made.scans, plane())).gospa_m;
}
BENCHMARK(made_up)->Arg(40)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
