// SPDX-License-Identifier: Apache-2.0
#include "app/account_page.h"

#include <fmt/format.h>

#include <cmath>

#include "app/page_parts.h"

namespace marsad::app {
namespace {

// Seconds below two minutes, else minutes.
std::string duration(double seconds) {
  return seconds < 120 ? fmt::format("{:.0f} s", seconds) : fmt::format("{:.0f} min", seconds / 60);
}

std::string delays(const wire::DelaysView& delays) {
  if (delays.count == 0) return "–";
  return fmt::format("{} / {}", duration(delays.median_s), duration(delays.most_s));
}

// Whole where it is whole.
std::string number(double value) {
  return value == 0 ? "–" : fmt::format("{:.{}f}", value, value == std::floor(value) ? 0 : 1);
}

const std::vector<std::string> kSumHeads = {"incidents",
                                            "unresolved",
                                            "interdicted",
                                            "aid given",
                                            "nobody found",
                                            "false",
                                            "acknowledged after",
                                            "patrol there after",
                                            "watched",
                                            "blind, km × h",
                                            "false per 100 km and day"};

std::vector<std::string> sums_cells(std::string name, const wire::SumsView& sums) {
  const wire::TallyView& tally = sums.tally;
  return {std::move(name),
          number(tally.incidents),
          number(tally.unresolved),
          number(tally.interdicted),
          number(tally.aided),
          number(tally.lost),
          number(tally.false_alerts),
          delays(sums.to_acknowledge),
          delays(sums.to_arrive),
          fmt::format("{:.1f} h", sums.watched_hours),
          fmt::format("{:.1f}", sums.blind_km_hours),
          sums.false_per_100_km_day ? fmt::format("{:.2f}", *sums.false_per_100_km_day) : "–"};
}

std::string heads(std::string first, std::vector<std::string> rest) {
  rest.insert(rest.begin(), std::move(first));
  return row(rest, "th");
}

std::string day_table(const wire::AccountingView& account) {
  std::string out = "<table>" + heads("evening", kSumHeads);
  for (const wire::DaySumsView& day : account.days) out += row(sums_cells(day.evening, day.sums));
  return out + row(sums_cells("all", account.all)) + "</table>\n";
}

// Stretches in which nothing happened and nothing was blind are left out.
std::string stretch_table(const wire::AccountingView& account) {
  std::string out = "<table>" + heads("km", kSumHeads);
  std::size_t quiet = 0;
  for (const wire::StretchSumsView& one : account.stretches) {
    if (one.sums.tally.incidents == 0 && one.sums.blind_km_hours == 0) {
      ++quiet;
      continue;
    }
    out += row(sums_cells(fmt::format("{:.0f}–{:.0f}", one.from_km, one.to_km), one.sums));
  }
  out += "</table>\n";
  if (quiet > 0) {
    out += fmt::format("<p class=\"note\">{} further stretches: no incident, no blind hour.</p>\n",
                       quiet);
  }
  return out;
}

std::string sensor_table(const wire::AccountingView& account) {
  std::string out = "<table>" + heads("sensor", {"hours with pictures", "pictures", "detections",
                                                 "incidents", "of them alone", "its part of them",
                                                 "of those interdicted", "of false alerts"});
  for (const wire::SensorSumsView& one : account.sensors) {
    out += row({escaped(one.sensor), fmt::format("{}", one.hours), fmt::format("{}", one.frames),
                fmt::format("{}", one.detections), fmt::format("{}", one.saw),
                fmt::format("{}", one.saw_alone), number(one.share.incidents),
                number(one.share.interdicted), number(one.share.false_alerts)});
  }
  return out +
         "</table>\n<p class=\"note\">An incident that several sensors saw counts as one part for "
         "each in as many as saw it, so that the parts add up to the incidents.</p>\n";
}

std::string kinds(const wire::AccountingView& account) {
  std::vector<std::string> names;
  for (const wire::KindCountView& one : account.kinds) {
    names.push_back(fmt::format("{} {}", one.incidents, escaped(one.kind)));
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string account_page(const wire::AccountingView& account, const std::string& site) {
  const std::string body = fmt::format(
      "<h1>{}: seen, done and missed</h1>\n<p class=\"lead\">{} to {} (UTC), {:.0f} km of border."
      "{} Incidents: {}.</p>\n<h2>Day by day, from solar noon to noon</h2>\n{}\n"
      "<p class=\"note\">Interdicted: turned back, detained or handed to a partner. False: an "
      "animal "
      "or nothing. Times run from when an incident was told: the half of them / nine in ten. "
      "Watched: hours in which the ledger of blind kilometres was kept; blind: for walkers.</p>\n"
      "<h2>Stretch by stretch</h2>\n{}<h2>Sensors</h2>\n{}",
      escaped(site), account.from, account.to, account.length_km,
      account.simulated ? " <b>Simulated.</b>" : "", kinds(account), day_table(account),
      stretch_table(account), sensor_table(account));
  return page(site + ": seen, done and missed", "", body);
}

}  // namespace marsad::app
