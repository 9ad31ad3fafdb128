// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "coverage/coverage.h"
#include "locate/locator.h"
#include "terrain/earthwork.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "tests/support/real_data.h"

namespace marsad {
namespace {

constexpr double kLat_rad = geo::radians(34), kLon_rad = geo::radians(41);

// Rolling hills of 60 m, 24 by 24 km, nodes 30 m apart: like the real ones, but always there.
terrain::Elevation make_hills() {
  constexpr int kNodes = 801;
  const terrain::Bounds bounds = terrain::grown({kLat_rad, kLat_rad, kLon_rad, kLon_rad}, 12'000);
  std::vector<float> heights_m;
  for (int row = 0; row < kNodes; ++row) {
    for (int column = 0; column < kNodes; ++column) {
      const double x = 0.03 * column, y = 0.03 * row;
      heights_m.push_back(static_cast<float>(20 * std::sin(x) * std::cos(1.3 * y) +
                                             8 * std::sin(4.1 * x + y) +
                                             3 * std::cos(9 * y - 7 * x)));
    }
  }
  return terrain::Elevation::from_grid(bounds, kNodes, kNodes, std::move(heights_m));
}

std::shared_ptr<const terrain::Elevation> hills() {
  static const auto ground = std::make_shared<const terrain::Elevation>(make_hills());
  return ground;
}

// The same with 300 km of berm and 300 km of trench beside it, in lines 2 km apart that bend each
// 400 m.
std::shared_ptr<const terrain::Elevation> hills_with_earthworks() {
  static const auto ground = [] {
    const terrain::Bounds bounds = make_hills().bounds();
    std::vector<terrain::Earthwork> works;
    constexpr int kLines = 12, kPoints = 62;
    for (int line = 0; line < kLines; ++line) {
      terrain::Earthwork berm{terrain::EarthworkKind::berm, {}, 3, 8, 2};
      terrain::Earthwork trench{terrain::EarthworkKind::trench, {}, 2, 3, 1};
      for (int i = 0; i < kPoints; ++i) {
        const double east = (line + 0.4 + 0.02 * (i % 2)) / kLines, north = i / (kPoints - 1.0);
        const geo::Geodetic at{bounds.south_rad + north * (bounds.north_rad - bounds.south_rad),
                               bounds.west_rad + east * (bounds.east_rad - bounds.west_rad), 0};
        berm.line.push_back(at);
        trench.line.push_back({at.lat_rad, at.lon_rad + 20 / terrain::kEarthRadius_m, 0});
      }
      works.push_back(berm);
      works.push_back(trench);
    }
    return std::make_shared<const terrain::Elevation>(make_hills().with(works));
  }();
  return ground;
}

sensor::Camera tower() {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(12);
  camera.pose = {{kLat_rad, kLon_rad, *hills()->height_m(kLat_rad, kLon_rad) + 30},
                 geo::radians(40),
                 geo::radians(-1.5),
                 0};
  camera.sigma = {0.001, 0.0005, 0.002, 2, 1};
  return camera;
}

// Rays of the given hundredths of a degree below level, over all azimuths.
void rays(benchmark::State& state, const terrain::Elevation& ground) {
  const sensor::Camera camera = tower();
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> azimuth(0, 6.28);
  const double depression = geo::radians(static_cast<double>(state.range(0)) / 100);
  std::vector<geo::Enu> ways;
  for (int i = 0; i < 1024; ++i) {
    const double a = azimuth(random);
    ways.push_back({std::sin(a) * std::cos(depression), std::cos(a) * std::cos(depression),
                    -std::sin(depression)});
  }
  std::size_t i = 0;
  double range_m = 0, hits = 0;
  for (auto _ : state) {
    const auto hit = ray_to_ground(ground, camera.pose.position, ways[i++ % ways.size()], 20'000);
    benchmark::DoNotOptimize(hit);
    if (hit) range_m += hit->range_m, ++hits;
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["mean_range_m"] = range_m / hits;
  state.counters["hit_share"] = hits / static_cast<double>(state.iterations());
}
void ray_to_ground_at_depression(benchmark::State& state) { rays(state, *hills()); }
void ray_to_ground_with_earthworks(benchmark::State& state) {
  rays(state, *hills_with_earthworks());
}
BENCHMARK(ray_to_ground_at_depression)->Arg(300)->Arg(100)->Arg(50)->Arg(20);
BENCHMARK(ray_to_ground_with_earthworks)->Arg(300)->Arg(100)->Arg(50)->Arg(20);

// Hills of the Golan, nodes 30 m apart; null where the real data is missing.
std::shared_ptr<const terrain::Elevation> golan() {
  static const auto ground = []() -> std::shared_ptr<const terrain::Elevation> {
    const auto file = test::real_data("geo/golan_srtm1_30m_utm36.tif");
    if (!file) return nullptr;
    auto opened = terrain::Elevation::open(file->string(), {-1.5, 1.5, -3.1, 3.1});
    if (!opened) return nullptr;
    return std::make_shared<const terrain::Elevation>(*std::move(opened));
  }();
  return ground;
}

struct Look {
  sensor::Pose pose;
  sensor::Pixel pixel;
};

// Pixels that show ground 1 to 15 km off, of cameras on 30 m towers on the highest of many places.
std::vector<Look> looks(const terrain::Elevation& ground, const sensor::CameraModel& model) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  const terrain::Bounds b = ground.bounds();
  const auto share = [&](double from, double to) { return from + unit(random) * (to - from); };
  std::vector<Look> out;
  while (out.size() < 4096) {
    Look look;
    for (int i = 0; i < 30; ++i) {
      geo::Geodetic place{share(b.south_rad, b.north_rad), share(b.west_rad, b.east_rad), 0};
      place.height_m = ground.height_m(place.lat_rad, place.lon_rad).value_or(-1e3) + 30;
      if (i == 0 || place.height_m > look.pose.position.height_m) look.pose.position = place;
    }
    for (int i = 0; i < 64; ++i) {
      look.pose.azimuth_rad = share(0, 6.28);
      look.pose.elevation_rad = share(-0.06, 0);
      look.pixel = {share(0, model.width_px), share(0, model.height_px)};
      const auto hit = ray_to_ground(ground, look.pose.position,
                                     enu_from_camera(look.pose, model.ray(look.pixel)), 15'000);
      if (hit && hit->range_m >= 1000) out.push_back(look);
    }
  }
  return out;
}

// One core, from the pixel to the place.
void pixel_to_ground(benchmark::State& state,
                     const std::shared_ptr<const terrain::Elevation>& ground,
                     sensor::Distortion lens) {
  if (!ground) return state.SkipWithError("the real data is missing");
  sensor::CameraModel model = tower().model;
  model.distortion = lens;
  const std::vector<Look> all = looks(*ground, model);
  std::size_t i = 0;
  double range_m = 0;
  for (auto _ : state) {
    const Look& look = all[i++ % all.size()];
    const auto hit = ray_to_ground(*ground, look.pose.position,
                                   enu_from_camera(look.pose, model.ray(look.pixel)), 20'000);
    range_m += hit->range_m;
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["mean_range_m"] = range_m / static_cast<double>(state.iterations());
}
void pixel_to_made_ground(benchmark::State& state) { pixel_to_ground(state, hills(), {}); }
void pixel_to_real_ground(benchmark::State& state) { pixel_to_ground(state, golan(), {}); }
void pixel_to_real_ground_through_a_lens(benchmark::State& state) {
  pixel_to_ground(state, golan(), {-0.2, 0.05, 0, 1e-3, -1e-3});
}
BENCHMARK(pixel_to_made_ground);
BENCHMARK(pixel_to_real_ground);
BENCHMARK(pixel_to_real_ground_through_a_lens);

void lines_of_sight(benchmark::State& state, const terrain::Elevation& ground) {
  const sensor::Camera camera = tower();
  const double range_rad = static_cast<double>(state.range(0)) / terrain::kEarthRadius_m;
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> azimuth(0, 6.28);
  std::vector<geo::Geodetic> targets;
  for (int i = 0; i < 1024; ++i) {
    const double a = azimuth(random);
    geo::Geodetic target{kLat_rad + range_rad * std::cos(a),
                         kLon_rad + range_rad * std::sin(a) / std::cos(kLat_rad), 0};
    target.height_m = *hills()->height_m(target.lat_rad, target.lon_rad) + 1.7;
    targets.push_back(target);
  }
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        line_of_sight(ground, camera.pose.position, targets[i++ % targets.size()]));
  }
  state.SetItemsProcessed(state.iterations());
}
void line_of_sight_at_range(benchmark::State& state) { lines_of_sight(state, *hills()); }
void line_of_sight_with_earthworks(benchmark::State& state) {
  lines_of_sight(state, *hills_with_earthworks());
}
BENCHMARK(line_of_sight_at_range)->Arg(1000)->Arg(3000)->Arg(10'000);
BENCHMARK(line_of_sight_with_earthworks)->Arg(1000)->Arg(3000)->Arg(10'000);

void locate_detections(benchmark::State& state) {
  const sensor::Camera camera = tower();
  const locate::Locator locator(camera, hills());
  detect::FrameDetections frame;
  frame.camera = camera.id;
  frame.pose = camera.pose;
  for (int i = 0; i < 64; ++i) {
    detect::Detection detection;
    detection.box = {10 * i, 250 + 4 * i, 5, 10};
    detection.centroid = {10.0 * i + 2, 254.5 + 4 * i};
    detection.cov_px2 = {0.04, 0, 0.04};
    frame.detections.push_back(detection);
  }
  for (auto _ : state) benchmark::DoNotOptimize(locator.locate(frame));
  state.SetItemsProcessed(state.iterations() * 64);
}
BENCHMARK(locate_detections);

void detection_probability_of_a_person(benchmark::State& state) {
  const sensor::Camera camera = tower();
  geo::Geodetic place{kLat_rad + 1000 * std::cos(0.7) / terrain::kEarthRadius_m,
                      kLon_rad + 1000 * std::sin(0.7) / terrain::kEarthRadius_m, 0};
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        coverage::detection_probability(camera, *hills(), place, sensor::MoverClass::person));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(detection_probability_of_a_person);

void footprint_of_a_tower(benchmark::State& state) {
  sensor::Camera camera = tower();
  camera.model.horizontal_fov_rad = geo::radians(static_cast<double>(state.range(0)));
  std::size_t corners = 0;
  for (auto _ : state) {
    const auto footprint = coverage::footprint(camera, *hills());
    corners = 0;
    for (const auto& ring : footprint.rings) corners += ring.size();
  }
  state.counters["corners"] = static_cast<double>(corners);
}
BENCHMARK(footprint_of_a_tower)->Arg(6)->Arg(12)->Arg(45)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
