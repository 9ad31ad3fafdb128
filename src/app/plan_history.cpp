// SPDX-License-Identifier: Apache-2.0
#include "app/plan_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/commands.h"
#include "app/past_option.h"
#include "app/plan_tables.h"
#include "service/coverage_history.h"

namespace marsad::app {
namespace {

constexpr std::size_t kMostSpells = 15;

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

int run_history(const PastOptions& options) {
  const auto past = open_past_or_explain(options);
  if (!past) return 1;
  const auto nights =
      service::coverage_nights(past->store, past->site.border->line, past->from, past->to);
  if (!nights) return fail(nights.error());
  print(*nights);
  if (options.out.empty()) return 0;
  if (const auto made = make_folder(options.out); !made) return fail(made.error());
  const auto written = write_tables(*nights, options.out);
  return written ? 0 : fail(written.error());
}

}  // namespace

void add_plan_history(CLI::App& plan, int& status) {
  auto options = std::make_shared<PastOptions>();
  CLI::App* command = plan.add_subcommand(
      "history",
      "For how long which kilometre was blind in past nights, and why, from the record.\n"
      "Example: marsad plan history my-site --from 2026-11-20 --to 2026-11-27 --out history");
  add_past_options(*command, *options, "blind_hours.csv and nights.csv");
  command->callback([options, &status] { status = run_history(*options); });
}

}  // namespace marsad::app
