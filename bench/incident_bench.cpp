// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>
#include <random>

#include "incident/judge.h"

// What judging costs while many movers are tracked at once, with every rule on. Made tracks
// (simulated) along a border of 600 km with a vertex every 1.5 km.
namespace marsad {
namespace {

constexpr double kLength_m = 600'000;
constexpr int kVertices = 401;
constexpr int kStepsPerSecond = 10;
constexpr int kSeconds = 10;

const geo::LocalFrame kPlane(geo::Geodetic{geo::radians(35), geo::radians(41), 0});

geo::Geodetic at(double east_m, double north_m) {
  return kPlane.to_geodetic_at_height(east_m, north_m, 0);
}

// It bends by some hundred metres to either side.
double bend_m(double north_m) {
  return 400 * std::sin(north_m / 3000) + 900 * std::sin(north_m / 17000);
}

std::shared_ptr<const border::Border> border_of() {
  std::vector<geo::Geodetic> line;
  for (int i = 0; i < kVertices; ++i) {
    const double north_m = kLength_m * (0.5 - double(i) / (kVertices - 1));
    line.push_back(at(bend_m(north_m), north_m));
  }
  auto made = geo::BorderLine::make(std::move(line), true);
  return std::make_shared<border::Border>(border::Border{*std::move(made), {}, {}, {}, {}});
}

incident::JudgeSettings every_rule() {
  incident::JudgeSettings settings;
  incident::RuleSettings& rules = settings.rules;
  rules.drone = incident::everywhere(incident::DroneSettings{});
  rules.return_trip = incident::everywhere(incident::ReturnTripSettings{});
  rules.breach = incident::everywhere(incident::BreachSettings{});
  rules.approach = incident::everywhere(incident::ApproachSettings{});
  rules.waiting = incident::everywhere(incident::WaitingSettings{});
  rules.turned_back = incident::everywhere(incident::TurnedBackSettings{});
  rules.lost = incident::everywhere(incident::LostSettings{});
  rules.group = incident::everywhere(incident::GroupRuleSettings{});
  rules.convoy = incident::everywhere(incident::ConvoySettings{});
  rules.hand_over = incident::everywhere(incident::HandOverSettings{});
  return settings;
}

// Movers up to `within_m` off the line, one in ten a vehicle, each on its own straight way.
std::vector<track::Track> movers(std::size_t count, double within_m) {
  std::mt19937_64 dice(4200);
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * (double(dice() >> 11) * 0x1p-53);
  };
  std::vector<track::Track> out;
  for (std::size_t i = 0; i < count; ++i) {
    track::Track& track = out.emplace_back();
    track.id.value = i + 1;
    track.status = track::TrackStatus::confirmed;
    const double north_m = uniform(-0.49, 0.49) * kLength_m;
    track.place = at(bend_m(north_m) + uniform(-within_m, within_m), north_m);
    const bool drives = i % 10 == 0;
    const double speed_mps = drives ? uniform(3, 15) : uniform(0, 2);
    const double heading_rad = uniform(0, 2 * std::numbers::pi);
    track.ve_mps = speed_mps * std::sin(heading_rad);
    track.vn_mps = speed_mps * std::cos(heading_rad);
    track.cov[0] = track.cov[4] = 9;
    track.existence = 0.99;
    track.classes = {};
    track.classes[drives ? 1 : 0] = 1;
    track.sensors = {{"T1"}};
    track.last_sensor = {"T1"};
  }
  return out;
}

// The movers a step on.
void advance(std::vector<track::Track>& tracks, base::Time now) {
  constexpr double kEarth_m = 6'371'000;
  for (track::Track& track : tracks) {
    const double step_s = base::to_seconds(now - track.time);
    track.place.lat_rad += step_s * track.vn_mps / kEarth_m;
    track.place.lon_rad += step_s * track.ve_mps / (kEarth_m * std::cos(track.place.lat_rad));
    track.time = track.last_seen = now;
  }
}

// Ten steps a second, each with all tracks, as the service hands them over.
void judging(benchmark::State& state, double within_m) {
  const auto border = border_of();
  const auto begin = movers(static_cast<std::size_t>(state.range(0)), within_m);
  std::size_t incidents = 0;
  for (auto _ : state) {
    state.PauseTiming();
    incident::Judge judge(every_rule(), border, {1});
    std::vector<track::Track> tracks = begin;
    base::Time now{};
    // The first look at each mover is part of nobody's second.
    judge.judge(tracks);
    incidents = 0;
    for (int step = 0; step < kSeconds * kStepsPerSecond; ++step) {
      now += base::from_seconds(1.0 / kStepsPerSecond);
      advance(tracks, now);
      state.ResumeTiming();
      incidents += judge.judge(tracks).size();
      state.PauseTiming();
    }
    state.ResumeTiming();
  }
  state.counters["incidents told"] = double(incidents);
  // Time for a second of data; the other figure is for all ten.
  state.counters["per second"] =
      benchmark::Counter(double(kSeconds) * double(state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK_CAPTURE(judging, within_3_km, 3000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(judging, within_1_km, 1000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad

BENCHMARK_MAIN();
