// SPDX-License-Identifier: Apache-2.0
#include "app/plan_work.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "app/desk.h"

namespace marsad::app {
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
  Desk desk("sensors", sensors.size(), stop);
  on_all_cores([&] {
    while (const auto i = desk.next()) {
      plan::Watch watch(belt, ground, sensors[*i].watcher, settings);
      desk.finish([&] { found[*i] = std::move(watch); });
    }
  });
  std::vector<plan::Watch> watches;
  for (auto& watch : found) {
    if (watch) watches.push_back(*std::move(watch));
  }
  return watches;
}

base::Result<PlanWork> begin_plan(service::Site site, const std::stop_token& stop) {
  if (const auto small = service::check_belt_size(site); !small) return small.error();
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
