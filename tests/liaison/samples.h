// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidcheck.h>

#include "geo/local_frame.h"
#include "liaison/notice.h"

namespace marsad::liaison {

// A border of 10 km that runs due south, home to its east; kilometre 5 is at the frame's origin.
inline const geo::LocalFrame kPlane(geo::Geodetic{geo::radians(34), geo::radians(41), 0});
inline geo::Geodetic at(double east_m, double north_m) {
  return kPlane.to_geodetic_at_height(east_m, north_m, 0);
}
inline const geo::BorderLine kLine = *geo::BorderLine::make({at(0, 5000), at(0, -5000)}, true);

inline base::Time second(double t_s) { return base::Time(base::from_seconds(t_s)); }

// Hears of every crossing along all of the line.
inline Partner neighbour() {
  Partner partner;
  partner.id.text = "north";
  partner.name = "Force of the north";
  partner.stretches = {{0, 10'000}};
  partner.heading = {Side::home, Side::far};
  partner.kinds = {incident::Kind::crossing};
  partner.route = RouteKind::direct;
  return partner;
}

inline Disclosure disclosure_of(std::vector<Field> fields) {
  return {neighbour().id, {incident::Kind::crossing}, std::move(fields), 1000, 600, 1};
}

inline std::vector<Field> all_fields() {
  std::vector<Field> out;
  for (std::size_t i = 0; i < kFields; ++i) out.push_back(static_cast<Field>(i));
  return out;
}

inline double number(int low, int high) {
  return *rc::gen::inRange(low * 1000, high * 1000) / 1000.0;
}

// An incident somewhere on the line, with a value for everything.
inline incident::Incident any_incident() {
  incident::Incident incident;
  incident.id.value = *rc::gen::inRange<std::uint64_t>(1, 1'000'000);
  incident.direction =
      *rc::gen::element(incident::Direction::inbound, incident::Direction::outbound);
  incident.time = second(number(1'000'000, 1'100'000));
  incident.place = at(number(-3000, 3000), number(-4900, 4900));
  incident.chainage_m = kLine.chainage(incident.place).s_m;
  incident.probability = number(0, 1);
  incident.classes = {0, 0, 0, 0, 0, 0};
  incident.classes[*rc::gen::inRange<std::size_t>(0, sensor::kMoverClasses)] = 1;
  incident.speed_mps = number(0, 30);
  incident.heading_rad = number(0, 6);
  incident.tracks = {{*rc::gen::inRange<std::uint64_t>(1, 1'000'000)}};
  incident.sensors = {{"tower " + std::to_string(*rc::gen::inRange(1, 1000))}};
  incident.because = "free words " + std::to_string(*rc::gen::inRange(1, 1'000'000));
  incident.outcome = *rc::gen::element(incident::Outcome::turned_back, incident::Outcome::detained,
                                       incident::Outcome::lost);
  incident.notes = {{incident.time, "watch 2", "note " + incident.because}};
  return incident;
}

// Long after, released by one person.
inline Occasion later(const incident::Incident& incident) {
  return {incident.time + std::chrono::hours(24), {{"watch 2", incident.time}}, false};
}

}  // namespace marsad::liaison
