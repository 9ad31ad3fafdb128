// SPDX-License-Identifier: Apache-2.0
// Every writing call ends with a disk sync, so these tell as much of the disk as of the program.
// The record lies in TMPDIR.
#include <benchmark/benchmark.h>

#include "store/store.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

// A record with one run in a folder of its own.
struct Record {
  test::TemporaryFolder folder;
  Store store = Store::open(folder.file("record.db")).value();
  RunId run = store.begin_run(sample_time(0), "site").value();
};

void append_frames(benchmark::State& state) {
  Record record;
  const auto frames = static_cast<std::uint64_t>(state.range(0));
  std::vector<detect::FrameDetections> batch;
  for (std::uint64_t i = 0; i < frames; ++i) batch.push_back(sample_frame(i, 3));
  for (auto _ : state) CHECK(record.store.append(record.run, batch).has_value());
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(frames),
                         benchmark::Counter::kIsRate);
}
BENCHMARK(append_frames)->Arg(1)->Arg(50)->UseRealTime();

void read_frames(benchmark::State& state) {
  Record record;
  CHECK(record.store.append(record.run, std::vector(20'000, sample_frame(1, 3))).has_value());
  double frames = 0;
  for (auto _ : state) {
    CHECK(record.store
              .read_detections(record.run,
                               [&](const detect::FrameDetections&) {
                                 frames += 1;
                                 return true;
                               })
              .has_value());
  }
  state.counters["frames/s"] = benchmark::Counter(frames, benchmark::Counter::kIsRate);
}
BENCHMARK(read_frames)->UseRealTime()->Unit(benchmark::kMillisecond);

void append_tracks(benchmark::State& state) {
  Record record;
  std::vector<track::Track> tracks;
  for (std::uint64_t id = 1; id <= 50; ++id) tracks.push_back(sample_track(id, sample_time(0)));
  double rows = 0;
  for (auto _ : state) {
    for (track::Track& track : tracks) track.time += std::chrono::seconds(1);
    CHECK(record.store.append_tracks(record.run, tracks).has_value());
    rows += static_cast<double>(tracks.size());
  }
  state.counters["rows/s"] = benchmark::Counter(rows, benchmark::Counter::kIsRate);
}
BENCHMARK(append_tracks)->UseRealTime();

void put_incidents(benchmark::State& state) {
  Record record;
  const std::vector<std::uint8_t> picture(static_cast<std::size_t>(state.range(0)), 7);
  std::uint64_t id = 0;
  for (auto _ : state) {
    CHECK(record.store.put_incident(record.run, sample_incident(++id), picture).has_value());
  }
  state.counters["incidents/s"] =
      benchmark::Counter(static_cast<double>(id), benchmark::Counter::kIsRate);
}
BENCHMARK(put_incidents)->Arg(0)->Arg(20'000)->UseRealTime();

void list_incidents(benchmark::State& state) {
  Record record;
  for (std::uint64_t id = 1; id <= 1000; ++id) {
    CHECK(record.store.put_incident(record.run, sample_incident(id), std::nullopt).has_value());
  }
  for (auto _ : state) benchmark::DoNotOptimize(record.store.incidents());
}
BENCHMARK(list_incidents)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad::store

BENCHMARK_MAIN();
