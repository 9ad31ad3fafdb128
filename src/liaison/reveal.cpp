// SPDX-License-Identifier: Apache-2.0
#include "liaison/reveal.h"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

#include "base/words.h"
#include "geo/local_frame.h"

namespace marsad::liaison {
namespace {

constexpr double kOldestPatrol_s = 6 * 3600;

template <class T>
bool has(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Where the partner will look: the cell that is told. The kilometre alone tells of no side, so that
// it is taken for the cell on the line.
class ToldCell {
 public:
  static std::optional<ToldCell> of(const Notice& notice, const Disclosure& disclosure,
                                    const geo::BorderLine& line) {
    if (notice.place) return ToldCell(notice.place->middle, notice.place->size_m);
    if (notice.chainage_m) return ToldCell(line.at(*notice.chainage_m), disclosure.grid_m);
    return std::nullopt;
  }

  // How far a place is from the cell, as a circle around it; 0 in it.
  double off_m(const geo::Geodetic& place) const {
    geo::Enu at = frame_.to_enu(place);
    at.up = 0;
    return std::max(0.0, norm(at) - radius_m_);
  }

 private:
  ToldCell(const geo::Geodetic& middle, double size_m)
      : frame_(middle), radius_m_(size_m / std::numbers::sqrt2) {}

  geo::LocalFrame frame_;
  double radius_m_;
};

std::string distance(double off_m) {
  return off_m > 0 ? fmt::format("{:.0f} m from the cell that is told", off_m)
                   : std::string("in the cell that is told");
}

void add_forces(const ToldCell& cell, const Disclosure& disclosure,
                const std::vector<border::ForceReport>& forces, base::Time now,
                std::vector<Reveal>& out) {
  for (const border::ForceReport& force : border::newest_reports(forces, now)) {
    const bool is_ours = force.allegiance == border::Allegiance::own ||
                         force.allegiance == border::Allegiance::allied;
    const double age_s = base::to_seconds(now - force.heard);
    if (!is_ours || (force.role == border::ForceRole::patrol && age_s > kOldestPatrol_s)) continue;
    const double off_m = cell.off_m(force.place);
    if (off_m > disclosure.allied_within_m + 2 * border::drift_m(force, now)) continue;
    out.push_back({RevealKind::allied_force, force.name, off_m, age_s,
                   fmt::format("{} {} {} is {}, heard of {:.0f} s ago; the partner may not know of "
                               "it",
                               base::word(force.allegiance), base::word(force.role), force.name,
                               distance(off_m), age_s)});
  }
}

void add_sensors(const ToldCell& cell, const incident::Incident& incident,
                 const Disclosure& disclosure, const std::vector<SensorPlace>& sensors,
                 std::vector<Reveal>& out) {
  std::vector<const SensorPlace*> near;
  for (const SensorPlace& sensor : sensors) {
    if (cell.off_m(sensor.place) <= disclosure.sensor_within_m) near.push_back(&sensor);
  }
  if (near.size() != 1) return;
  const SensorPlace& only = *near.front();
  if (!has(incident.sensors, only.id) || has(disclosure.known_sensors, only.id)) return;
  const double off_m = cell.off_m(only.place);
  out.push_back({RevealKind::sensor, only.id.text, off_m, std::nullopt,
                 fmt::format("sensor {} saw it, is {}, and no other stands so near: telling shows "
                             "that there is one, and where",
                             only.id.text, distance(off_m))});
}

}  // namespace

std::vector<Reveal> reveals(const Notice& notice, const incident::Incident& incident,
                            const Disclosure& disclosure, const geo::BorderLine& line,
                            const std::vector<border::ForceReport>& forces,
                            const std::vector<SensorPlace>& sensors, base::Time now) {
  std::vector<Reveal> out;
  if (const auto cell = ToldCell::of(notice, disclosure, line)) {
    if (!disclosure.tells_allied) add_forces(*cell, disclosure, forces, now, out);
    add_sensors(*cell, incident, disclosure, sensors, out);
  }
  for (const sensor::SensorId& id : notice.sensors) {
    const bool is_told = std::any_of(out.begin(), out.end(), [&](const Reveal& one) {
      return one.kind == RevealKind::sensor && one.who == id.text;
    });
    if (is_told || has(disclosure.known_sensors, id)) continue;
    out.push_back({RevealKind::sensor, id.text, 0, std::nullopt,
                   fmt::format("sensor {} is named, of which the partner does not know", id.text)});
  }
  return out;
}

int persons_for(const Disclosure& disclosure, const std::vector<Reveal>& found) {
  return found.empty() ? disclosure.persons
                       : std::max(disclosure.persons, disclosure.persons_if_warned);
}

}  // namespace marsad::liaison
