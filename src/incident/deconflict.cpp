// SPDX-License-Identifier: Apache-2.0
#include "incident/deconflict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/words.h"
#include "geo/local_frame.h"

namespace marsad::incident {
namespace {

constexpr double kStep_m = 25;  // zones on the way are looked for so often

bool is_dangerous(border::ZoneKind kind) {
  return kind == border::ZoneKind::minefield || kind == border::ZoneKind::air_danger ||
         kind == border::ZoneKind::closed_area;
}

// The way to the incident on the plane at the incident, which is its origin.
class Way {
 public:
  Way(const geo::Geodetic& to, const geo::Geodetic& from) : frame_(to), from_(flat(from)) {}

  geo::Enu flat(const geo::Geodetic& place) const {
    geo::Enu at = frame_.to_enu(place);
    at.up = 0;
    return at;
  }
  double length_m() const { return norm(from_); }
  // How far a place is off the way.
  double off_m(const geo::Geodetic& place) const {
    const geo::Enu at = flat(place);
    const double length2 = dot(from_, from_);
    const double along = length2 > 0 ? std::clamp(dot(at, from_) / length2, 0.0, 1.0) : 0;
    return norm(at - along * from_);
  }
  // A point so far from the incident.
  geo::Geodetic at(double from_end_m) const {
    const geo::Enu point = length_m() > 0 ? (from_end_m / length_m()) * from_ : geo::Enu{};
    return frame_.to_geodetic_at_height(point.east, point.north, 0);
  }

 private:
  geo::LocalFrame frame_;
  geo::Enu from_;
};

std::string age(double age_s) {
  return age_s < 120 ? fmt::format("{:.0f} s", age_s) : fmt::format("{:.0f} min", age_s / 60);
}

void warn_of_force(const border::ForceReport& force, const Way& way, base::Time now,
                   const DeconflictSettings& settings, std::vector<Warning>& out) {
  const double age_s = base::to_seconds(now - force.heard);
  if (force.role == border::ForceRole::patrol && age_s > settings.oldest_s) return;
  const double reach_m = settings.near_m + 2 * border::drift_m(force, now);
  const double there_m = norm(way.flat(force.place)), beside_m = way.off_m(force.place);
  if (beside_m > reach_m) return;
  const bool there = there_m <= reach_m;
  out.push_back(
      {there ? WarningKind::force_near : WarningKind::force_on_way, force.name, force.place, age_s,
       there ? there_m : beside_m,
       fmt::format("{} {} {} is {:.0f} m off the {}, heard of {} ago", base::word(force.allegiance),
                   base::word(force.role), force.name, there ? there_m : beside_m,
                   there ? "incident" : "way there", age(age_s))});
}

void warn_of_zone(const border::Zone& zone, const Way& way, base::Time now,
                  std::vector<Warning>& out) {
  if (!is_dangerous(zone.kind) || !holds(zone, now)) return;
  const int steps = static_cast<int>(std::ceil(way.length_m() / kStep_m));
  for (int i = 0; i <= steps; ++i) {
    const double from_end_m = std::min(i * kStep_m, way.length_m());
    const geo::Geodetic place = way.at(from_end_m);
    if (!contains(zone, place)) continue;
    out.push_back({i == 0 ? WarningKind::zone_there : WarningKind::zone_on_way, zone.name, place,
                   std::nullopt, from_end_m,
                   fmt::format("{} {} {}", base::word(zone.kind), zone.name,
                               i == 0 ? std::string("is where the incident is")
                                      : fmt::format("lies on the way, {:.0f} m before the incident",
                                                    from_end_m))});
    return;
  }
}

}  // namespace

std::vector<Warning> deconflict(const Incident& incident, const Tasking& tasking,
                                const border::Border& border, const std::vector<Incident>& others,
                                base::Time now, const DeconflictSettings& settings) {
  const Way way(incident.place, tasking.from);
  std::vector<Warning> out;
  const auto forces = border::newest_reports(border.forces, now);
  for (const border::ForceReport& force : forces) {
    if (force.name != tasking.name) warn_of_force(force, way, now, settings, out);
  }
  for (const Incident& other : others) {
    if (other.id == incident.id || other.state != LifecycleState::tasked) continue;
    if (other.tasked_to == tasking.name) continue;
    const double off_m = norm(way.flat(other.place));
    if (off_m > 2 * settings.near_m) continue;
    const auto known = std::find_if(
        forces.begin(), forces.end(),
        [&](const border::ForceReport& force) { return force.name == other.tasked_to; });
    std::optional<double> age_s;
    if (known != forces.end()) age_s = base::to_seconds(now - known->heard);
    out.push_back(
        {WarningKind::converging, other.tasked_to,
         known == forces.end() ? other.place : known->place, age_s, off_m,
         fmt::format("{} is on its way to incident {}, {:.0f} m from this one{}", other.tasked_to,
                     other.id.value, off_m, age_s ? ", heard of " + age(*age_s) + " ago" : "")});
  }
  for (const border::Zone& zone : border.zones) warn_of_zone(zone, way, now, out);
  std::stable_sort(out.begin(), out.end(),
                   [](const Warning& a, const Warning& b) { return a.kind < b.kind; });
  return out;
}

}  // namespace marsad::incident
