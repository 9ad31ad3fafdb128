// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "app/account_page.h"
#include "app/commands.h"
#include "app/past_option.h"
#include "app/plan_tables.h"
#include "service/accounting.h"

namespace marsad::app {
namespace {

struct AccountOptions {
  PastOptions past;
  double stretch_km = service::kAccountingStretch_m / 1000;
};

constexpr std::string_view kSumColumns =
    "incidents,unresolved,interdicted,aided,lost,own_force,false_alerts,acknowledged,"
    "median_to_acknowledge_s,arrived,median_to_arrive_s,watched_hours,blind_km_hours,"
    "false_per_100_km_day";

std::string cells(const wire::TallyView& tally) {
  return fmt::format("{},{},{},{},{},{},{}", tally.incidents, tally.unresolved, tally.interdicted,
                     tally.aided, tally.lost, tally.own_force, tally.false_alerts);
}

std::string cells(const wire::DelaysView& delays) {
  return delays.count == 0 ? "0," : fmt::format("{},{:.1f}", delays.count, delays.median_s);
}

std::string cells(const wire::SumsView& sums) {
  return fmt::format(
      "{},{},{},{:.3f},{:.3f},{}", cells(sums.tally), cells(sums.to_acknowledge),
      cells(sums.to_arrive), sums.watched_hours, sums.blind_km_hours,
      sums.false_per_100_km_day ? fmt::format("{:.4f}", *sums.false_per_100_km_day) : "");
}

base::Result<void> write_files(const wire::AccountingView& account, const std::string& site,
                               const std::filesystem::path& folder) {
  std::string stretches = fmt::format("from_km,to_km,{}\n", kSumColumns);
  for (const wire::StretchSumsView& one : account.stretches) {
    stretches += fmt::format("{},{},{}\n", one.from_km, one.to_km, cells(one.sums));
  }
  std::string days = fmt::format("evening,begin,end,{}\n", kSumColumns);
  for (const wire::DaySumsView& one : account.days) {
    days += fmt::format("{},{},{},{}\n", one.evening, one.begin, one.end, cells(one.sums));
  }
  std::string sensors =
      "sensor,hours,frames,detections,saw,saw_alone,incidents,unresolved,interdicted,aided,lost,"
      "own_force,false_alerts\n";
  for (const wire::SensorSumsView& one : account.sensors) {
    sensors += fmt::format("{},{},{},{},{},{},{}\n", one.sensor, one.hours, one.frames,
                           one.detections, one.saw, one.saw_alone, cells(one.share));
  }
  for (const auto& [name, text] :
       {std::pair("stretches.csv", &stretches), std::pair("days.csv", &days),
        std::pair("sensors.csv", &sensors)}) {
    if (auto written = write_text(folder / name, *text); !written) return written;
  }
  return write_text(folder / "account.html", account_page(account, site));
}

void print(const wire::AccountingView& account) {
  fmt::print("{:<12} {:>9} {:>10} {:>11} {:>6} {:>6} {:>6} {:>9} {:>8} {:>13}\n", "evening",
             "incidents", "unresolved", "interdicted", "aided", "lost", "false", "answered, s",
             "there, s", "blind km h");
  const auto line = [](std::string_view name, const wire::SumsView& sums) {
    const auto median = [](const wire::DelaysView& delays) {
      return delays.count == 0 ? std::string("-") : fmt::format("{:.0f}", delays.median_s);
    };
    fmt::print("{:<12} {:>9} {:>10} {:>11} {:>6} {:>6} {:>6} {:>9} {:>8} {:>13.1f}\n", name,
               sums.tally.incidents, sums.tally.unresolved, sums.tally.interdicted,
               sums.tally.aided, sums.tally.lost, sums.tally.false_alerts,
               median(sums.to_acknowledge), median(sums.to_arrive), sums.blind_km_hours);
  };
  for (const wire::DaySumsView& day : account.days) line(day.evening, day.sums);
  line("all", account.all);
  if (account.all.false_per_100_km_day) {
    fmt::print("\n{:.3f} false alerts per 100 km and day, over {:.1f} h watched\n",
               *account.all.false_per_100_km_day, account.all.watched_hours);
  } else {
    fmt::print("\nno hour in which the ledger was kept: no rate of false alerts\n");
  }
}

int run_account(const AccountOptions& options) {
  const auto past = open_past_or_explain(options.past);
  if (!past) return 1;
  const auto account =
      service::accounting(past->store, past->site, past->from, past->to, 1000 * options.stretch_km);
  if (!account) return fail(account.error());
  print(*account);
  const std::string& out = options.past.out;
  if (out.empty()) return 0;
  if (const auto made = make_folder(out); !made) return fail(made.error());
  const auto written = write_files(*account, past->site.name, out);
  return written ? 0 : fail(written.error());
}

}  // namespace

void add_account(CLI::App& app, int& status) {
  auto options = std::make_shared<AccountOptions>();
  CLI::App* command = app.add_subcommand(
      "account",
      "What was seen, done and missed over some time, from the record: by stretch, day, sensor.\n"
      "Example: marsad account my-site --from 2026-11-01 --to 2026-12-01 --out november");
  add_past_options(*command, options->past,
                   "account.html, stretches.csv, days.csv and sensors.csv");
  command->add_option("--stretch-km", options->stretch_km, "Length of a stretch")
      ->check(CLI::Range(0.1, 10'000.0))
      ->capture_default_str();
  command->callback([options, &status] { status = run_account(*options); });
}

}  // namespace marsad::app
