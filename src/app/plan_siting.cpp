// SPDX-License-Identifier: Apache-2.0
#include "app/plan_siting.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/siting.h"
#include "plan/watched.h"

namespace marsad::app {
namespace {

constexpr std::size_t kPerson = 0, kVehicle = 1;

// Sensors may not be put where nobody should go, nor where others hold the ground.
bool is_forbidden(const service::Site& site, const geo::Geodetic& place) {
  const double s_m = site.border->line.chainage(place).s_m;
  const auto& closed = site.plan.closed_m;
  return std::any_of(site.border->zones.begin(), site.border->zones.end(),
                     [&](const border::Zone& zone) {
                       return zone.kind != border::ZoneKind::air_danger && contains(zone, place);
                     }) ||
         std::any_of(closed.begin(), closed.end(), [&](const auto& stretch) {
           return s_m >= stretch.first && s_m <= stretch.second;
         });
}

// The chosen of some places, and what is found once each is there.
std::vector<ChosenSite> in_order(const PlanWork& work, const std::vector<std::size_t>& chosen,
                                 const std::vector<service::PlannedSensor>& places,
                                 const std::vector<plan::Watch>& watches) {
  std::vector<ChosenSite> sites;
  plan::Ledger ledger = work.ledger;
  for (const std::size_t c : chosen) {
    ledger.add(plan::chances(work.belt, watches[c]), places[c].availability);
    const geo::Geodetic place = places[c].watcher.camera.pose.position;
    sites.push_back({places[c], work.belt.line().chainage(place).s_m / 1000,
                     ledger.mean_found(kPerson), ledger.mean_found(kVehicle)});
  }
  return sites;
}

std::string bound_words(double reached, double bound) {
  return fmt::format("No choice within the budget can be better by more than {:.1f} %.",
                     100 * std::max(0.0, bound / std::max(reached, 1e-9) - 1));
}

// Those that find most.
plan::Siting choose_to_find(const PlanWork& work, const SitingOptions& options,
                            const std::vector<service::PlannedSensor>& places,
                            const std::vector<plan::Watch>& watches) {
  std::vector<plan::Candidate> candidates;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    candidates.push_back({plan::chances(work.belt, watches[i]), places[i].availability,
                          static_cast<std::size_t>(places[i].mount)});
  }
  plan::SitingSettings settings;
  settings.budget = {options.towers, options.balloons};
  return plan::choose_sites(work.ledger, candidates, settings);
}

// Those with which walkers are watched for long enough by enough.
plan::DemandSiting choose_to_watch(const PlanWork& work, const SitingOptions& options,
                                   const std::vector<service::PlannedSensor>& places,
                                   const std::vector<plan::Watch>& watches) {
  std::vector<plan::WatchedTime> there;
  for (const plan::Watch& watch : work.watches) {
    there.push_back(plan::watched_time(work.belt, watch));
  }
  std::vector<plan::DemandCandidate> candidates;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    candidates.push_back(
        {plan::watched_time(work.belt, watches[i]), static_cast<std::size_t>(places[i].mount)});
  }
  return plan::choose_for_demand(work.belt.columns(), there, candidates,
                                 {kPerson, *options.seconds, options.sensors},
                                 {options.towers, options.balloons});
}

}  // namespace

base::Result<Choice> choose_sites(const PlanWork& work, const SitingOptions& options,
                                  const std::stop_token& stop) {
  if (work.site.plan.candidates.empty()) {
    return base::Error{work.site.folder.string() + "/site.toml",
                       "[plan] names no candidates; expected a table of places for sensors"};
  }
  auto places = service::read_planned_sensors(work.site.plan.candidates, *work.site.elevation);
  if (!places) return places.error();
  Choice choice;
  const auto forbidden = std::erase_if(*places, [&](const service::PlannedSensor& sensor) {
    return is_forbidden(work.site, sensor.watcher.camera.pose.position);
  });
  if (forbidden > 0) {
    choice.told.push_back(
        fmt::format("{} of the candidates lie where nothing may be built.", forbidden));
  }
  const std::vector<plan::Watch> watches =
      watch_all(work.belt, *work.site.elevation, *places, work.site.plan.watch, stop);
  if (stop.stop_requested()) return choice;
  if (options.seconds) {
    const plan::DemandSiting siting = choose_to_watch(work, options, *places, watches);
    choice.sites = in_order(work, siting.chosen, *places, watches);
    choice.told.push_back(fmt::format(
        "A walker is watched for {:g} s by each of {} sensors on {:.1f} % of the border, before on "
        "{:.1f} %.",
        *options.seconds, options.sensors, 100 * siting.columns_met, 100 * siting.columns_before));
    choice.told.push_back(bound_words(siting.met, siting.bound));
  } else {
    const plan::Siting siting = choose_to_find(work, options, *places, watches);
    choice.sites = in_order(work, siting.chosen, *places, watches);
    choice.told.push_back(bound_words(siting.found, siting.bound));
  }
  return choice;
}

}  // namespace marsad::app
