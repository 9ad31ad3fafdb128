// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cmath>

#include "geo/local_frame.h"
#include "simulate/scenario.h"

namespace marsad::simulate {
namespace {

constexpr geo::Geodetic kTower{geo::radians(31.5), geo::radians(38.2), 0};

terrain::Bounds area() {
  return terrain::grown({kTower.lat_rad, kTower.lat_rad, kTower.lon_rad, kTower.lon_rad}, 7000);
}

std::shared_ptr<const World> night() {
  const geo::LocalFrame frame(kTower);
  const auto at = [&](double e, double n) { return frame.to_geodetic({e, n, 0}); };
  Scenario scenario;
  Party walkers;
  walkers.name = "walkers";
  walkers.count = 8;
  walkers.repeat_every_s = 300;
  walkers.path = {at(-300, 1200), at(900, 1300)};
  Party herd;
  herd.name = "herd";
  herd.mover = sensor::MoverClass::animal;
  herd.count = 25;
  herd.wander_m = 60;
  herd.path = {at(100, 800)};
  Party trucks;
  trucks.name = "trucks";
  trucks.mover = sensor::MoverClass::vehicle;
  trucks.count = 2;
  trucks.spacing_m = 60;
  trucks.speed_mps = 9;
  trucks.repeat_every_s = 120;
  trucks.path = {at(-800, 2500), at(900, 2400)};
  scenario.parties = {walkers, herd, trucks};
  return std::make_shared<const World>(
      scenario, std::make_shared<const terrain::Elevation>(make_desert(area(), 30, 1)));
}

sensor::Camera tower(const World& world) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(24);
  camera.pose = {kTower, 0, geo::radians(-1.5), 0};
  camera.pose.position.height_m = *world.elevation().height_m(kTower.lat_rad, kTower.lon_rad) + 30;
  return camera;
}

// 640×512, argument: the sway in tenths of a pixel.
void frames(benchmark::State& state) {
  const auto world = night();
  const CameraMotion motion{static_cast<double>(state.range(0)) / 10};
  const auto source = open_camera(world, tower(*world), motion, 10, base::Time());
  for (auto _ : state) benchmark::DoNotOptimize(source->next(std::stop_token()));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(frames)->Arg(0)->Arg(10)->Unit(benchmark::kMillisecond);

// What a camera costs once, before its first frame.
void opening(benchmark::State& state) {
  const auto world = night();
  for (auto _ : state) {
    benchmark::DoNotOptimize(open_camera(world, tower(*world), {}, 10, base::Time()));
  }
}
BENCHMARK(opening)->Unit(benchmark::kMillisecond);

void truth(benchmark::State& state) {
  const auto world = night();
  double t_s = 1000;
  for (auto _ : state) benchmark::DoNotOptimize(world->truth(t_s += 0.1));
  state.counters["movers"] = static_cast<double>(world->truth(t_s).size());
}
BENCHMARK(truth)->Unit(benchmark::kMicrosecond);

void desert(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_desert(area(), 30, 1));
}
BENCHMARK(desert)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad::simulate

BENCHMARK_MAIN();
