// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exchange/dispatch.h"
#include "tests/liaison/samples.h"

namespace marsad::exchange {

// A notice that tells everything, of an incident whose values appear nowhere else.
inline Dispatch full_dispatch(liaison::Language language = liaison::Language::en) {
  liaison::Notice notice;
  notice.to.text = "north";
  notice.language = language;
  notice.kind = incident::Kind::crossing;
  notice.time = base::parse_iso8601("2026-11-22T03:12:05.250Z").value();
  notice.chainage_m = 213'700;
  notice.place = liaison::coarse({geo::radians(34.5), geo::radians(41.25), 0}, 1000);
  notice.direction = incident::Direction::outbound;
  notice.probability = 0.87;
  notice.mover = sensor::MoverClass::vehicle;
  notice.speed_mps = 17.3;
  notice.heading_rad = geo::radians(137);
  notice.outcome = incident::Outcome::turned_back;
  notice.sensors = {{"Tower <9> & \"co\""}};
  notice.picture_of = incident::IncidentId{424'242};
  return {notice, "marsad.example", 17, base::parse_iso8601("2027-05-06T07:08:09.123Z").value(), 1};
}

}  // namespace marsad::exchange
