// SPDX-License-Identifier: Apache-2.0
// Planning on real ground with made sensors: the ledger of 600 km of border from cold, what-if,
// weakest routes; the same on 90 m ground; siting and how far from the best possible it can be.
// Needs the real data.
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

#include "bench/made_border.h"
#include "plan/going.h"
#include "plan/ledger.h"
#include "plan/live_ledger.h"
#include "plan/route.h"
#include "plan/siting.h"
#include "tests/support/real_data.h"

namespace marsad {
namespace {

using Clock = std::chrono::steady_clock;

double since_s(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double peak_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::vector<plan::Watch> watch_all(const plan::Belt& belt, const terrain::Elevation& ground,
                                   const std::vector<plan::Watcher>& watchers) {
  std::vector<std::optional<plan::Watch>> found(watchers.size());
  std::atomic<std::size_t> next{0};
  {
    std::vector<std::jthread> threads;
    for (unsigned core = 0; core < std::thread::hardware_concurrency(); ++core) {
      threads.emplace_back([&] {
        for (std::size_t i = next++; i < watchers.size(); i = next++) {
          found[i].emplace(belt, ground, watchers[i], plan::WatchSettings{});
        }
      });
    }
  }
  std::vector<plan::Watch> watches;
  for (auto& one : found) watches.push_back(*std::move(one));
  return watches;
}

void print(std::string_view what, double value, std::string_view unit) {
  fmt::print("{:58} {:10.3f} {}\n", what, value, unit);
}

// The ledger while it runs: from a sensor that goes down, or air that changes, to all that is dark
// and why.
void live(const plan::Belt& belt, const std::vector<plan::Watch>& watches) {
  const auto dark = [](const plan::LiveLedger& ledger) {
    std::size_t stretches = 0;
    for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
      stretches += ledger.dark(kind).size();
    }
    return static_cast<double>(stretches);
  };
  plan::LiveLedger ledger(belt, watches, 0.2, 0.8);
  ledger.settle({});
  const auto down = Clock::now();
  ledger.set_up(watches.size() / 3, false);
  ledger.settle({});
  const double stretches = dark(ledger);
  print("live: one goes down, all that is dark and why", 1000 * since_s(down), "ms");
  print("live: dark stretches then", stretches, "");
  const auto hazy = Clock::now();
  ledger.set_air(0.6);
  ledger.settle({});
  dark(ledger);
  print("live: the air changes, all that is dark and why", 1000 * since_s(hazy), "ms");
}

void border(std::string_view name, const std::vector<geo::Geodetic>& vertices,
            const std::string& dem, std::size_t towers, std::size_t balloons,
            std::size_t candidate_count) {
  const auto begin = Clock::now();
  const geo::BorderLine line = *geo::BorderLine::make(vertices, true);
  const terrain::Elevation ground = bench::open_ground(dem, vertices);
  const double opened_s = since_s(begin);
  const plan::Belt belt(line, ground, {});
  std::vector<plan::Watcher> watchers;
  for (std::size_t i = 0; i < towers + balloons; ++i) {
    const bool tower = i < towers;
    const double share =
        tower ? (static_cast<double>(i) + 0.5) / static_cast<double>(towers)
              : (static_cast<double>(i - towers) + 0.5) / static_cast<double>(balloons);
    watchers.push_back(bench::watcher_at(line, ground, share * line.length_m(), 800,
                                         tower ? 30 : 200, tower ? 12 : 6));
    if (!tower) watchers.back().rise_m = 60;
  }
  const auto watching = Clock::now();
  const std::vector<plan::Watch> watches = watch_all(belt, ground, watchers);
  const double watched_s = since_s(watching);
  plan::Ledger ledger(belt.columns());
  for (const plan::Watch& watch : watches) ledger.add(plan::chances(belt, watch), 0.95);
  const double cold_s = since_s(begin);
  fmt::print("\n{}: {:.0f} km, {} columns, {} rows, {} towers, {} balloons\n", name,
             line.length_m() / 1000, belt.columns(), belt.rows(), towers, balloons);
  print("opening the elevation", opened_s, "s");
  print("all watches", watched_s, "s");
  print("ledger from cold", cold_s, "s");
  print("walkers found, mean", ledger.mean_found(0), "");

  const auto what_if = Clock::now();
  plan::Watcher moved = bench::watcher_at(line, ground, 0.503 * line.length_m(), 500, 30, 12);
  ledger.replace(towers / 2, plan::chances(belt, plan::Watch(belt, ground, moved, {})));
  print("what-if: one moved to a new ledger", 1000 * since_s(what_if), "ms");
  const auto failed = Clock::now();
  ledger.set_availability(towers / 3, 0);
  print("what-if: one fails", 1000 * since_s(failed), "ms");

  live(belt, watches);

  const auto routing = Clock::now();
  const plan::Going going(belt, {});
  std::vector<plan::Post> posts;
  for (const plan::Watch& watch : watches) posts.push_back({&watch, 0.95});
  const plan::WeakestRoutes routes(belt, going, plan::mean_rates_ps(belt, posts, 0), 0,
                                   plan::Heading::inbound);
  print("weakest routes of walkers, through every kilometre", since_s(routing), "s");
  if (const auto weakest = routes.anywhere()) {
    print("weakest anywhere: found", found_on(*weakest, going, posts, 0), "");
    print("weakest anywhere: time", weakest->time_s / 60, "min");
  }

  const auto siting_begin = Clock::now();
  std::vector<plan::Watcher> places;
  for (std::size_t i = 0; i < candidate_count; ++i) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(candidate_count);
    places.push_back(bench::watcher_at(line, ground, share * line.length_m(),
                                       300 + 400 * static_cast<double>(i % 5), 30, 12));
  }
  std::vector<plan::Candidate> candidates;
  for (const plan::Watch& watch : watch_all(belt, ground, places)) {
    candidates.push_back({plan::chances(belt, watch), 0.95, 0});
  }
  print(fmt::format("{} candidates watched", candidate_count), since_s(siting_begin), "s");
  const auto choosing = Clock::now();
  plan::SitingSettings settings;
  settings.budget = {30};
  const plan::Siting siting =
      plan::choose_sites(plan::Ledger(belt.columns()), candidates, settings);
  print("30 of them chosen, with the bound", since_s(choosing), "s");
  print("from the best possible, at most", 100 * (siting.bound - siting.found) / siting.bound, "%");
  print("peak memory", peak_mb(), "MB");
}

}  // namespace
}  // namespace marsad

int main() {
  using namespace marsad;
  const auto iraq = test::real_data("geo/iqsy_dted0_30s.tif");
  const auto basin = test::real_data("geo/greatbasin_n36-40_w120-114_ferranti3s_90m.tif");
  if (!iraq || !basin) {
    fmt::print(stderr, "plan_bench: the real data is missing; set MARSAD_DATA\n");
    return 1;
  }
  border("reference border, 900 m ground, made sensors", bench::reference_line(), iraq->string(),
         100, 10, 400);
  border("stand-in strip, 90 m ground, made sensors", bench::basin_line(), basin->string(), 300, 0,
         2000);
}
