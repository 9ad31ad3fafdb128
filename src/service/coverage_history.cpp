// SPDX-License-Identifier: Apache-2.0
#include "service/coverage_history.h"

#include <cmath>

namespace marsad::service {
namespace {

// To a few seconds.
double rounded_hours(double hours) { return std::round(hours * 1000) / 1000; }

}  // namespace

base::Result<CoverageNights> coverage_nights(const store::Store& store, const geo::BorderLine& line,
                                             base::Time from, base::Time to) {
  const auto found = store.coverage(from, to);
  if (!found) return found.error();
  CoverageNights out;
  out.nights = plan::nights(from, to, line.at(line.length_m() / 2));
  out.history =
      plan::blind_history(found->spells, found->kept, out.nights, from, to, line.length_m());
  return out;
}

std::string name_of(const plan::Night& night) {
  return base::to_iso8601(std::chrono::sys_days(night.evening)).substr(0, 10);
}

wire::CoverageHistoryView view(const CoverageNights& nights) {
  wire::CoverageHistoryView out;
  for (std::size_t i = 0; i < nights.nights.size(); ++i) {
    const plan::Night& night = nights.nights[i];
    const plan::NightSum& sum = nights.history.nights[i];
    out.nights.push_back({name_of(night), base::to_iso8601(night.begin),
                          base::to_iso8601(night.end), rounded_hours(sum.hours),
                          rounded_hours(sum.unknown_hours)});
  }
  for (const plan::BlindHours& hours : nights.history.hours) {
    out.hours.push_back({name_of(nights.nights[hours.night]),
                         std::string(plan::kCrosserNames[hours.kind]), hours.km, hours.cause,
                         rounded_hours(hours.hours)});
  }
  return out;
}

}  // namespace marsad::service
