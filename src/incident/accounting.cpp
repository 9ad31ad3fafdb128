// SPDX-License-Identifier: Apache-2.0
#include "incident/accounting.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace marsad::incident {
namespace {

void count(Tally& tally, const Accounted& incident, double share) {
  tally.incidents += share;
  if (!incident.outcome) {
    tally.unresolved += share;
    return;
  }
  switch (*incident.outcome) {
    case Outcome::turned_back:
    case Outcome::detained:
    case Outcome::handed_to_partner:
      tally.interdicted += share;
      break;
    case Outcome::aid_given:
      tally.aided += share;
      break;
    case Outcome::lost:
      tally.lost += share;
      break;
    case Outcome::own_force:
      tally.own_force += share;
      break;
    case Outcome::animal:
    case Outcome::false_alarm:
      tally.false_alerts += share;
      break;
  }
}

Delays delays(std::vector<double> seconds) {
  if (seconds.empty()) return {};
  std::sort(seconds.begin(), seconds.end());
  const auto ranked = [&](double part) {
    const double rank = std::ceil(part * static_cast<double>(seconds.size()));
    return seconds[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
  };
  return {seconds.size(), ranked(0.5), ranked(0.9)};
}

// A row while incidents are counted into it.
struct Counting {
  Tally tally;
  std::vector<double> acknowledged_s, arrived_s;

  void add(const Accounted& incident) {
    count(tally, incident, 1);
    const auto after = [&](const std::optional<base::Time>& time, std::vector<double>& into) {
      if (time) into.push_back(base::to_seconds(*time - incident.told));
    };
    after(incident.acknowledged, acknowledged_s);
    after(incident.arrived, arrived_s);
  }
  Sums sums() && {
    return {tally, delays(std::move(acknowledged_s)), delays(std::move(arrived_s))};
  }
};

std::vector<Sums> all_sums(std::vector<Counting>&& counted) {
  std::vector<Sums> out;
  for (Counting& one : counted) out.push_back(std::move(one).sums());
  return out;
}

}  // namespace

Accounting account_for(std::span<const Accounted> incidents, double length_m, double stretch_m,
                       std::span<const base::Time> day_begins) {
  CHECK(length_m > 0);
  CHECK(stretch_m > 0);
  Accounting out;
  Counting all;
  std::vector<Counting> stretches(static_cast<std::size_t>(std::ceil(length_m / stretch_m)));
  std::vector<Counting> days(day_begins.empty() ? 0 : day_begins.size() - 1);
  std::map<sensor::SensorId, SensorRow> sensors;
  for (const Accounted& incident : incidents) {
    all.add(incident);
    ++out.kinds[incident.kind];
    const double at = std::max(0.0, incident.chainage_m / stretch_m);
    stretches[std::min(static_cast<std::size_t>(at), stretches.size() - 1)].add(incident);
    const auto next = std::upper_bound(day_begins.begin(), day_begins.end(), incident.told);
    if (next != day_begins.begin() && next != day_begins.end()) {
      days[static_cast<std::size_t>(next - day_begins.begin()) - 1].add(incident);
    }
    for (const sensor::SensorId& id : incident.sensors) {
      SensorRow& row = sensors[id];
      row.sensor = id;
      ++row.saw;
      if (incident.sensors.size() == 1) ++row.saw_alone;
      count(row.share, incident, 1 / static_cast<double>(incident.sensors.size()));
    }
  }
  out.all = std::move(all).sums();
  out.stretches = all_sums(std::move(stretches));
  out.days = all_sums(std::move(days));
  for (auto& [id, row] : sensors) out.sensors.push_back(std::move(row));
  return out;
}

}  // namespace marsad::incident
