// SPDX-License-Identifier: Apache-2.0
#include "liaison/partner.h"

#include <fmt/format.h>

#include <algorithm>

namespace marsad::liaison {
namespace {

std::string clock_time(std::chrono::minutes of_day) {
  return fmt::format("{:02}:{:02}", of_day.count() / 60, of_day.count() % 60);
}

Route to_headquarters(std::string why) { return {{std::string(kHeadquarters)}, std::move(why)}; }

}  // namespace

bool contains(Hours hours, base::Time time) {
  const base::Duration of_day = time - std::chrono::floor<std::chrono::days>(time);
  if (hours.from == hours.to) return true;
  if (hours.from < hours.to) return of_day >= hours.from && of_day < hours.to;
  return of_day >= hours.from || of_day < hours.to;
}

bool concerns(const Partner& partner, const incident::Incident& incident) {
  const auto has = [](const auto& list, auto value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  const bool is_near =
      std::any_of(partner.stretches.begin(), partner.stretches.end(), [&](const Stretch& stretch) {
        return incident.chainage_m >= stretch.from_m && incident.chainage_m <= stretch.to_m;
      });
  const auto hears_of = [&](Side to) { return has(partner.heading, to); };
  bool is_heard = false;
  switch (incident.direction) {
    case incident::Direction::inbound:
      is_heard = hears_of(Side::home);
      break;
    case incident::Direction::outbound:
      is_heard = hears_of(Side::far);
      break;
    case incident::Direction::none:
      is_heard = hears_of(Side::home) && hears_of(Side::far);
      break;
  }
  return is_near && is_heard && has(partner.kinds, incident.kind);
}

Route route(const Partner& partner, base::Time now) {
  if (partner.route == RouteKind::none) {
    return to_headquarters(
        fmt::format("no route to {}: {}", partner.name,
                    partner.no_route.empty() ? "no reason given" : partner.no_route));
  }
  if (partner.hours && !contains(*partner.hours, now)) {
    return to_headquarters(fmt::format("{} answers from {} to {} UTC", partner.name,
                                       clock_time(partner.hours->from),
                                       clock_time(partner.hours->to)));
  }
  Route out;
  if (partner.route == RouteKind::relayed) out.hops = partner.relays;
  out.hops.push_back(partner.id.text);
  return out;
}

}  // namespace marsad::liaison
