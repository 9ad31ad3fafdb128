// SPDX-License-Identifier: Apache-2.0
#include "plan/history.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace marsad::plan {
namespace {

constexpr double kKilometre_m = 1000, kHour_s = 3600;

double hours_between(base::Time since, base::Time until) {
  return std::max(0.0, base::to_seconds(until - since) / kHour_s);
}

// How much of a time some spans cover together.
double covered_hours(std::span<const KeptSpan> spans, base::Time begin, base::Time end) {
  std::vector<KeptSpan> order(spans.begin(), spans.end());
  std::sort(order.begin(), order.end(),
            [](const KeptSpan& a, const KeptSpan& b) { return a.since < b.since; });
  double hours = 0;
  base::Time reached = begin;
  for (const KeptSpan& span : order) {
    const base::Time since = std::max(span.since, reached);
    const base::Time until = std::min(span.until, end);
    hours += hours_between(since, until);
    reached = std::max(reached, until);
  }
  return hours;
}

}  // namespace

BlindHistory blind_history(std::span<const DarkSpell> spells, std::span<const KeptSpan> kept,
                           std::span<const Night> nights, base::Time from, base::Time to,
                           double length_m) {
  BlindHistory history;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t, std::string>, double> sums;
  for (std::size_t night = 0; night < nights.size(); ++night) {
    const base::Time begin = std::max(nights[night].begin, from);
    const base::Time end = std::min(nights[night].end, to);
    NightSum& sum = history.nights.emplace_back();
    sum.hours = hours_between(begin, end);
    sum.unknown_hours = sum.hours - covered_hours(kept, begin, end);
    for (const DarkSpell& spell : spells) {
      const double hours =
          hours_between(std::max(spell.since, begin), std::min(spell.until.value_or(to), end));
      if (hours <= 0) continue;
      const auto last = static_cast<std::size_t>(std::max(0.0, spell.to_m) / kKilometre_m);
      for (auto km = static_cast<std::size_t>(spell.from_m / kKilometre_m); km <= last; ++km) {
        const double km_begin_m = static_cast<double>(km) * kKilometre_m;
        // The last kilometre may be short.
        const double km_end_m = std::min(km_begin_m + kKilometre_m, length_m);
        const double dark_m = std::min(spell.to_m, km_end_m) - std::max(spell.from_m, km_begin_m);
        if (dark_m <= 0) continue;
        sums[{night, spell.kind, km, spell.cause}] += hours * dark_m / (km_end_m - km_begin_m);
        sum.blind_km_hours[spell.kind] += hours * dark_m / kKilometre_m;
      }
    }
  }
  for (const auto& [key, hours] : sums) {
    const auto& [night, kind, km, cause] = key;
    history.hours.push_back({night, kind, km, cause, hours});
  }
  return history;
}

}  // namespace marsad::plan
