// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/commands.h"
#include "app/interrupt.h"
#include "app/plan_history.h"
#include "app/plan_raster.h"
#include "app/plan_report.h"
#include "app/plan_siting.h"
#include "app/plan_tables.h"
#include "app/plan_work.h"
#include "app/site_option.h"

namespace marsad::app {
namespace {

constexpr int kInterrupted = 130;

struct PlanOptions {
  std::string site;
  std::string out;
  double every_km = 5;
  SitingOptions siting;
};

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
  for (const std::string& sentence : choice.told) fmt::print("{}\n", sentence);
}

int run_plan(const PlanOptions& options, Part part) {
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
    const auto raster = write_coverage_raster(*work, folder);
    if (!raster) return fail(raster.error());
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
    auto chosen = choose_sites(*work, options.siting, stop);
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
    const auto written = write_text(page, report_page(*work, routes, choice));
    if (!written) return fail(written.error());
    fmt::print("report     {}\n", page.string());
  }
  return 0;
}

void add_part(CLI::App& plan, int& status, Part part, const std::string& name,
              const std::string& told) {
  auto options = std::make_shared<PlanOptions>();
  CLI::App* command = plan.add_subcommand(name, told);
  command->add_option("site", options->site, "Folder with site.toml")->required();
  command->add_option("--out", options->out, "Folder for tables, maps and report")->required();
  if (part == Part::routes || part == Part::report) {
    command->add_option("--every", options->every_km, "A route through every so many kilometres")
        ->check(CLI::Range(0.1, 1000.0))
        ->capture_default_str();
  }
  if (part == Part::site || part == Part::report) {
    command->add_option("--towers", options->siting.towers, "How many towers to add, at most")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    command->add_option("--balloons", options->siting.balloons, "How many balloons to add, at most")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    auto* const seconds =
        command
            ->add_option("--seconds", options->siting.seconds,
                         "Put them so that walkers are watched for so long, not found most likely")
            ->check(CLI::Range(1.0, 86'400.0));
    command->add_option("--sensors", options->siting.sensors, "By each of so many sensors")
        ->check(CLI::Range(1, 100))
        ->needs(seconds)
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
           ".geojson, gaps.csv with the stretches that are blind, and coverage.tif of the belt.");
  add_part(*plan, status, Part::routes, "routes",
           "The ways over the border's belt on which a walker or vehicle is least likely found,\n"
           "anywhere and through every few kilometres: routes.csv and .geojson.");
  add_part(*plan, status, Part::site, "site",
           "Which of the candidate places to add, and how far from the best choice that can be:\n"
           "sites.csv and .geojson.");
  add_part(*plan, status, Part::report, "report",
           "All of it, and report.html with strips, map and tables, for the screen and print.");
  add_plan_history(*plan, status);
}

}  // namespace marsad::app
