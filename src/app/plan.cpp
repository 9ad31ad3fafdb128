// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/commands.h"
#include "app/interrupt.h"
#include "app/plan_report.h"
#include "app/plan_tables.h"
#include "app/plan_work.h"
#include "app/site_option.h"

namespace marsad::app {
namespace {

constexpr int kInterrupted = 130;

struct Options {
  std::string site;
  std::string out;
  double every_km = 5;
  std::size_t towers = 5;
  std::size_t balloons = 0;
};

// What is chosen, in its order, and what the choice is worth.
struct Choice {
  plan::Siting siting;
  std::vector<ChosenSite> sites;
};

// Sensors may not be put where nobody should go, nor where others hold the ground.
bool is_forbidden(const service::Site& site, const geo::Geodetic& place) {
  return std::any_of(site.border->zones.begin(), site.border->zones.end(),
                     [&](const border::Zone& zone) {
                       return zone.kind != border::ZoneKind::air_danger && contains(zone, place);
                     });
}

base::Result<Choice> choose(const PlanWork& work, const Options& options,
                            const std::stop_token& stop) {
  if (work.site.plan.candidates.empty()) {
    return base::Error{work.site.folder.string() + "/site.toml",
                       "[plan] names no candidates; expected a table of places for sensors"};
  }
  auto places = service::read_planned_sensors(work.site.plan.candidates, *work.site.elevation);
  if (!places) return places.error();
  const auto forbidden = std::erase_if(*places, [&](const service::PlannedSensor& sensor) {
    return is_forbidden(work.site, sensor.watcher.camera.pose.position);
  });
  if (forbidden > 0) {
    fmt::print("{} of the candidates lie in zones where nothing may be built\n", forbidden);
  }
  const std::vector<plan::Watch> watches =
      watch_all(work.belt, *work.site.elevation, *places, work.site.plan.watch, stop);
  Choice choice;
  if (stop.stop_requested()) return choice;
  std::vector<plan::Candidate> candidates;
  for (std::size_t i = 0; i < watches.size(); ++i) {
    candidates.push_back({plan::chances(work.belt, watches[i]), (*places)[i].availability,
                          static_cast<std::size_t>((*places)[i].mount)});
  }
  plan::SitingSettings settings;
  settings.budget = {options.towers, options.balloons};
  choice.siting = plan::choose_sites(work.ledger, candidates, settings);
  plan::Ledger ledger = work.ledger;
  for (const std::size_t c : choice.siting.chosen) {
    ledger.add(candidates[c].chances, candidates[c].availability);
    const geo::Geodetic place = (*places)[c].watcher.camera.pose.position;
    choice.sites.push_back({(*places)[c], work.belt.line().chainage(place).s_m / 1000,
                            ledger.mean_found(0), ledger.mean_found(1)});
  }
  return choice;
}

enum class Part { coverage, routes, site, report };

void print_coverage(const PlanWork& work) {
  fmt::print("{:<8} {:>10} {:>9}\n", "", "blind", "found");
  const std::vector<Gap> all = gaps(work);
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    fmt::print("{:<8} {:>7.1f} km {:>7.1f} %\n", kCrosserNames[kind], blind_km(all, kind),
               100 * work.ledger.mean_found(kind));
  }
}

void print_routes(const std::vector<WeakRoute>& routes) {
  const auto weakest =
      std::min_element(routes.begin(), routes.end(),
                       [](const WeakRoute& a, const WeakRoute& b) { return a.found < b.found; });
  if (weakest == routes.end()) {
    fmt::print("There is no way over the belt.\n");
    return;
  }
  fmt::print(
      "{} routes; the weakest, of a {} at km {:.1f}, is found with {:.0f} % and takes "
      "{:.0f} minutes\n",
      routes.size(), kCrosserNames[weakest->kind], weakest->km, 100 * weakest->found,
      weakest->route.time_s / 60);
}

void print_choice(const Choice& choice) {
  for (const ChosenSite& site : choice.sites) {
    fmt::print("{:<12} km {:>6.1f}  then found: person {:.1f} %, vehicle {:.1f} %\n",
               site.sensor.name, site.km, 100 * site.found_person, 100 * site.found_vehicle);
  }
  const plan::Siting& siting = choice.siting;
  fmt::print("no choice within the budget can be better by more than {:.1f} %\n",
             100 * (siting.bound / std::max(siting.found, 1e-9) - 1));
}

int run_plan(const Options& options, Part part) {
  const std::stop_token stop = stop_on_interrupt();
  auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const std::filesystem::path folder(options.out);
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (code) return fail({options.out, "can't be made: " + code.message()});
  auto work = begin_plan(*std::move(site), stop);
  if (!work) return fail(work.error());
  if (stop.stop_requested()) return kInterrupted;

  const bool all = part == Part::report;
  if (all || part == Part::coverage) {
    print_coverage(*work);
    if (const auto written = write_coverage(*work, folder); !written) return fail(written.error());
  }
  std::vector<WeakRoute> routes;
  if (all || part == Part::routes) {
    routes = weak_routes(*work, options.every_km, stop);
    if (stop.stop_requested()) return kInterrupted;
    print_routes(routes);
    if (const auto written = write_routes(*work, routes, folder); !written) {
      return fail(written.error());
    }
  }
  Choice choice;
  if (part == Part::site || (all && !work->site.plan.candidates.empty())) {
    auto chosen = choose(*work, options, stop);
    if (!chosen) return fail(chosen.error());
    if (stop.stop_requested()) return kInterrupted;
    choice = *std::move(chosen);
    print_choice(choice);
    if (const auto written = write_sites(choice.sites, folder); !written) {
      return fail(written.error());
    }
  }
  if (all) {
    const auto page = folder / "report.html";
    const auto written = write_text(page, report_page(*work, routes, choice.sites, choice.siting));
    if (!written) return fail(written.error());
    fmt::print("report     {}\n", page.string());
  }
  return 0;
}

void add_part(CLI::App& plan, int& status, Part part, const std::string& name,
              const std::string& told) {
  auto options = std::make_shared<Options>();
  CLI::App* command = plan.add_subcommand(name, told);
  command->add_option("site", options->site, "Folder with site.toml")->required();
  command->add_option("--out", options->out, "Folder for tables, maps and report")->required();
  if (part == Part::routes || part == Part::report) {
    command->add_option("--every", options->every_km, "A route through every so many kilometres")
        ->check(CLI::Range(0.1, 1000.0))
        ->capture_default_str();
  }
  if (part == Part::site || part == Part::report) {
    command->add_option("--towers", options->towers, "How many towers to add, at most")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    command->add_option("--balloons", options->balloons, "How many balloons to add, at most")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
  }
  command->callback([options, part, &status] { status = run_plan(*options, part); });
}

}  // namespace

void add_plan(CLI::App& app, int& status) {
  CLI::App* plan = app.add_subcommand("plan",
                                      "Which kilometre does nobody watch, where would a smuggler "
                                      "walk, where to put the next tower.\n"
                                      "Example: marsad plan report examples/demo --out plan");
  plan->require_subcommand(1);
  add_part(*plan, status, Part::coverage, "coverage",
           "The probability that one who crosses is found, by stretch and kind: coverage.csv and\n"
           ".geojson, and gaps.csv with the stretches that are blind.");
  add_part(*plan, status, Part::routes, "routes",
           "The ways over the border's belt on which a walker or vehicle is least likely found,\n"
           "anywhere and through every few kilometres: routes.csv and .geojson.");
  add_part(*plan, status, Part::site, "site",
           "Which of the candidate places to add, and how far from the best choice that can be:\n"
           "sites.csv and .geojson.");
  add_part(*plan, status, Part::report, "report",
           "All of it, and report.html with strips, map and tables, for the screen and print.");
}

}  // namespace marsad::app
