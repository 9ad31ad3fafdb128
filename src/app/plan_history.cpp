// SPDX-License-Identifier: Apache-2.0
#include "app/plan_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/commands.h"
#include "app/plan_tables.h"
#include "app/site_option.h"
#include "app/time_option.h"
#include "service/coverage_history.h"

namespace marsad::app {
namespace {

constexpr std::size_t kMostSpells = 15;

struct PlanHistoryOptions {
  std::string site;
  std::string record;
  std::string from, to;
  std::string out;
};

// A cause as a cell of a table, which has no commas.
std::string cell(std::string text) {
  std::replace(text.begin(), text.end(), ',', ';');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

base::Result<void> write_tables(const service::CoverageNights& nights,
                                const std::filesystem::path& folder) {
  std::string hours = "night,who,km,hours,cause\n";
  for (const plan::BlindHours& one : nights.history.hours) {
    hours += fmt::format("{},{},{},{:.3f},{}\n", service::name_of(nights.nights[one.night]),
                         kCrosserNames[one.kind], one.km, one.hours, cell(one.cause));
  }
  std::string sums = fmt::format("night,sunset,sunrise,hours,unknown_hours,{}_km_hours\n",
                                 fmt::join(kCrosserNames, "_km_hours,"));
  for (std::size_t i = 0; i < nights.nights.size(); ++i) {
    const plan::Night& night = nights.nights[i];
    const plan::NightSum& sum = nights.history.nights[i];
    sums += fmt::format("{},{},{},{:.3f},{:.3f}", service::name_of(night),
                        base::to_iso8601(night.begin), base::to_iso8601(night.end), sum.hours,
                        sum.unknown_hours);
    for (const double km_hours : sum.blind_km_hours) sums += fmt::format(",{:.3f}", km_hours);
    sums += '\n';
  }
  if (auto written = write_text(folder / "blind_hours.csv", hours); !written) return written;
  return write_text(folder / "nights.csv", sums);
}

void print(const service::CoverageNights& nights) {
  fmt::print("{:<10}  {:>6}  {:>7}  blind kilometre hours\n{:<10}  {:>6}  {:>7}", "night", "hours",
             "unknown", "", "", "");
  for (const auto name : kCrosserNames) fmt::print("  {:>8}", name);
  fmt::print("\n");
  for (std::size_t i = 0; i < nights.nights.size(); ++i) {
    const plan::NightSum& sum = nights.history.nights[i];
    fmt::print("{:<10}  {:>6.1f}  {:>7.1f}", service::name_of(nights.nights[i]), sum.hours,
               sum.unknown_hours);
    for (const double km_hours : sum.blind_km_hours) fmt::print("  {:>8.1f}", km_hours);
    fmt::print("\n");
  }
  std::vector<plan::BlindHours> people = nights.history.hours;
  std::erase_if(people, [](const plan::BlindHours& one) { return one.kind != 0; });
  std::stable_sort(people.begin(), people.end(),
                   [](const auto& a, const auto& b) { return a.hours > b.hours; });
  if (people.empty()) return;
  fmt::print("\nlongest blind for walkers\n");
  for (std::size_t i = 0; i < std::min(people.size(), kMostSpells); ++i) {
    const plan::BlindHours& one = people[i];
    fmt::print("{}  km {:>4}  {:>5.1f} h  {}\n", service::name_of(nights.nights[one.night]), one.km,
               one.hours, one.cause);
  }
}

int run_history(const PlanHistoryOptions& options) {
  const auto from = read_time("--from", options.from);
  if (!from) return fail(from.error());
  const auto to = read_time("--to", options.to);
  if (!to) return fail(to.error());
  if (*from >= *to) return fail({"--to", "expected a time after --from"});
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const auto store =
      store::Store::open_to_read(options.record.empty() ? site->record.string() : options.record);
  if (!store) return fail(store.error());
  const auto nights = service::coverage_nights(*store, site->border->line, *from, *to);
  if (!nights) return fail(nights.error());
  print(*nights);
  if (options.out.empty()) return 0;
  std::error_code code;
  std::filesystem::create_directories(options.out, code);
  if (code) return fail({options.out, "can't be made: " + code.message()});
  const auto written = write_tables(*nights, options.out);
  return written ? 0 : fail(written.error());
}

}  // namespace

void add_plan_history(CLI::App& plan, int& status) {
  auto options = std::make_shared<PlanHistoryOptions>();
  CLI::App* command = plan.add_subcommand(
      "history",
      "For how long which kilometre was blind in past nights, and why, from the record.\n"
      "Example: marsad plan history my-site --from 2026-11-20 --to 2026-11-27 --out history");
  command->add_option("site", options->site, "Folder with site.toml")->required();
  command->add_option("--from", options->from, "A date (its noon) or time, UTC")->required();
  command->add_option("--to", options->to, "A date (its noon) or time, UTC")->required();
  command->add_option("--record", options->record, "The record's file; the site's where not given");
  command->add_option("--out", options->out, "Folder for blind_hours.csv and nights.csv");
  command->callback([options, &status] { status = run_history(*options); });
}

}  // namespace marsad::app
