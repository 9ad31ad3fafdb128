// SPDX-License-Identifier: Apache-2.0
#include "service/accounting.h"

#include <algorithm>
#include <numbers>

#include "base/words.h"
#include "plan/history.h"
#include "service/coverage_history.h"

namespace marsad::service {
namespace {

using std::chrono::days;
constexpr std::size_t kWalkers = 0;  // of the kinds of crosser
constexpr double kDay_h = 24, kKilometre_m = 1000;

// From one mean solar noon to the next; the first and the last cut short.
std::vector<plan::Night> noon_to_noon(base::Time from, base::Time to, const geo::Geodetic& place) {
  std::vector<plan::Night> found;
  const auto noon = base::from_seconds(86'400 * (0.5 - place.lon_rad / (2 * std::numbers::pi)));
  for (auto date = std::chrono::floor<days>(from) - days(2); date + noon < to; date += days(1)) {
    const base::Time begin = date + noon;
    if (begin + days(1) <= from) continue;
    found.push_back({std::chrono::year_month_day(date), std::max(begin, from),
                     std::min(begin + base::Duration(days(1)), to)});
  }
  return found;
}

wire::TallyView view(const incident::Tally& tally) {
  return {tally.incidents, tally.unresolved, tally.interdicted, tally.aided,
          tally.lost,      tally.own_force,  tally.false_alerts};
}

wire::DelaysView view(const incident::Delays& delays) {
  return {delays.count, delays.median_s, delays.most_s};
}

wire::SumsView view(const incident::Sums& sums, double watched_hours, double length_m) {
  wire::SumsView out{
      view(sums.tally), view(sums.to_acknowledge), view(sums.to_arrive), watched_hours, 0,
      std::nullopt};
  if (watched_hours > 0) {
    const double watched_100_km_days = length_m / (100 * kKilometre_m) * watched_hours / kDay_h;
    out.false_per_100_km_day = sums.tally.false_alerts / watched_100_km_days;
  }
  return out;
}

// Sensors that looked, and those that incidents name though nothing is kept of their looking.
std::vector<wire::SensorSumsView> sensor_sums(const incident::Accounting& account,
                                              const std::vector<store::CameraWatch>& watches) {
  std::map<std::string, wire::SensorSumsView> sums;
  for (const store::CameraWatch& watch : watches) {
    wire::SensorSumsView& one = sums[watch.camera.text];
    one.hours = watch.hours;
    one.frames = watch.frames;
    one.detections = watch.detections;
  }
  for (const incident::SensorRow& row : account.sensors) {
    wire::SensorSumsView& one = sums[row.sensor.text];
    one.saw = row.saw;
    one.saw_alone = row.saw_alone;
    one.share = view(row.share);
  }
  std::vector<wire::SensorSumsView> out;
  for (auto& [name, one] : sums) {
    one.sensor = name;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

base::Result<wire::AccountingView> accounting(const store::Store& store, const Site& site,
                                              base::Time from, base::Time to, double stretch_m) {
  const geo::BorderLine& line = site.border->line;
  const double length_m = line.length_m();
  const auto incidents = store.accounted(from, to);
  if (!incidents) return incidents.error();
  const auto watches = store.watch(from, to);
  if (!watches) return watches.error();
  const auto coverage = store.coverage(from, to);
  if (!coverage) return coverage.error();

  const std::vector<plan::Night> day_spans = noon_to_noon(from, to, line.at(length_m / 2));
  std::vector<base::Time> begins;
  for (const plan::Night& day : day_spans) begins.push_back(day.begin);
  begins.push_back(to);
  const incident::Accounting account =
      incident::account_for(*incidents, length_m, stretch_m, begins);
  const plan::BlindHistory blind =
      plan::blind_history(coverage->spells, coverage->kept, day_spans, from, to, length_m);

  wire::AccountingView out;
  out.from = base::to_iso8601(from);
  out.to = base::to_iso8601(to);
  out.length_km = length_m / kKilometre_m;
  out.simulated = site.simulated();
  double watched_hours = 0;
  for (std::size_t i = 0; i < day_spans.size(); ++i) {
    const plan::NightSum& night = blind.nights[i];
    const double day_hours = night.hours - night.unknown_hours;
    watched_hours += day_hours;
    wire::DaySumsView& day = out.days.emplace_back();
    day.evening = name_of(day_spans[i]);
    day.begin = base::to_iso8601(day_spans[i].begin);
    day.end = base::to_iso8601(day_spans[i].end);
    day.sums = view(account.days[i], day_hours, length_m);
    day.sums.blind_km_hours = night.blind_km_hours[kWalkers];
  }
  out.all = view(account.all, watched_hours, length_m);
  for (std::size_t i = 0; i < account.stretches.size(); ++i) {
    const double begin_m = static_cast<double>(i) * stretch_m;
    const double end_m = std::min(begin_m + stretch_m, length_m);
    out.stretches.push_back({begin_m / kKilometre_m, end_m / kKilometre_m,
                             view(account.stretches[i], watched_hours, end_m - begin_m)});
  }
  for (const plan::BlindHours& hours : blind.hours) {
    if (hours.kind != kWalkers) continue;
    const double begin_m = static_cast<double>(hours.km) * kKilometre_m;
    const double km = std::min(1.0, (length_m - begin_m) / kKilometre_m);
    out.stretches[static_cast<std::size_t>(begin_m / stretch_m)].sums.blind_km_hours +=
        hours.hours * km;
    out.all.blind_km_hours += hours.hours * km;
  }
  for (const auto& [kind, count] : account.kinds) {
    out.kinds.push_back({std::string(base::word(kind)), count});
  }
  out.sensors = sensor_sums(account, *watches);
  return out;
}

}  // namespace marsad::service
