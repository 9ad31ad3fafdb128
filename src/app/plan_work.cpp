// SPDX-License-Identifier: Apache-2.0
#include "app/plan_work.h"

#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/progress.h"

namespace marsad::app {
namespace {

constexpr double kMostCells = 20e6;

// Hands out numbers from 0 on to several threads, with a bar.
class Desk {
 public:
  Desk(std::string what, std::size_t count, std::stop_token stop)
      : count_(count), stop_(std::move(stop)), progress_(std::move(what), count) {}

  std::optional<std::size_t> next() {
    const std::scoped_lock lock(mutex_);
    if (stop_.stop_requested() || next_ == count_) return std::nullopt;
    if (next_ > 0) progress_.advance();
    return next_++;
  }

 private:
  std::mutex mutex_;
  std::size_t count_;
  std::stop_token stop_;
  base::Progress progress_;
  std::size_t next_ = 0;
};

base::Result<void> check_size(const service::Site& site) {
  const plan::BeltSettings& belt = site.plan.belt;
  const double cells =
      site.border->line.length_m() / belt.along_m * (belt.far_m + belt.home_m) / belt.across_m;
  if (cells <= kMostCells) return {};
  return base::Error{site.folder.string() + "/site.toml",
                     fmt::format("[plan] asks for {:.0f} million cells; expected {:.0f} million at "
                                 "most: a larger along_m or across_m, or a narrower belt",
                                 cells / 1e6, kMostCells / 1e6)};
}

}  // namespace

std::vector<plan::Post> PlanWork::posts() const {
  std::vector<plan::Post> posts;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    posts.push_back({&watches[i], sensors[i].availability});
  }
  return posts;
}

std::vector<plan::Watch> watch_all(const plan::Belt& belt, const terrain::Elevation& ground,
                                   const std::vector<service::PlannedSensor>& sensors,
                                   const plan::WatchSettings& settings,
                                   const std::stop_token& stop) {
  std::vector<std::optional<plan::Watch>> found(sensors.size());
  {
    Desk desk("sensors", sensors.size(), stop);
    std::vector<std::jthread> threads;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    for (unsigned core = 0; core < cores; ++core) {
      threads.emplace_back([&] {
        while (const auto i = desk.next()) {
          found[*i].emplace(belt, ground, sensors[*i].watcher, settings);
        }
      });
    }
  }
  std::vector<plan::Watch> watches;
  for (auto& watch : found) {
    if (watch) watches.push_back(*std::move(watch));
  }
  return watches;
}

base::Result<PlanWork> begin_plan(service::Site site, const std::stop_token& stop) {
  if (const auto small = check_size(site); !small) return small.error();
  std::vector<service::PlannedSensor> sensors = service::sensors_of(site);
  if (!site.plan.sensors.empty()) {
    auto planned = service::read_planned_sensors(site.plan.sensors, *site.elevation);
    if (!planned) return planned.error();
    sensors.insert(sensors.end(), planned->begin(), planned->end());
  }
  std::vector<plan::ResponsePost> response;
  if (!site.plan.posts.empty()) {
    auto posts = service::read_posts(site.plan.posts);
    if (!posts) return posts.error();
    response = *std::move(posts);
  }
  plan::Belt belt(site.border->line, *site.elevation, site.plan.belt);
  std::vector<plan::Watch> watches =
      watch_all(belt, *site.elevation, sensors, site.plan.watch, stop);
  plan::Ledger ledger(belt.columns());
  for (std::size_t i = 0; i < watches.size(); ++i) {
    ledger.add(plan::chances(belt, watches[i]), sensors[i].availability);
  }
  plan::Going going(belt, service::obstacles_of(site));
  return PlanWork{std::move(site),   std::move(belt),  std::move(sensors), std::move(watches),
                  std::move(ledger), std::move(going), std::move(response)};
}

}  // namespace marsad::app
