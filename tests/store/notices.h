// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/outbox.h"
#include "tests/store/samples.h"

namespace marsad::store {

// A notice of everything, of sample_incident(id), to a partner reached through a relay.
inline QueuedNotice sample_notice(std::uint64_t incident) {
  QueuedNotice queued;
  queued.incident.value = incident;
  queued.queued = sample_time(100);
  queued.not_before = sample_time(200);
  queued.route = {{"coalition cell", "north"}, ""};
  liaison::Notice& notice = queued.notice;
  notice.to.text = "north";
  notice.language = liaison::Language::ckb;
  notice.simulated = true;
  notice.kind = incident::Kind::crossing;
  notice.time = sample_time(3);
  notice.chainage_m = 213'000 + 1.0 / 3;
  notice.place = liaison::Cell{{0.57, 0.68, 0}, 1000};
  notice.direction = incident::Direction::outbound;
  notice.probability = 1.0 / 7;
  notice.mover = sensor::MoverClass::vehicle;
  notice.speed_mps = 1.4;
  notice.heading_rad = 1.0 / 3;
  notice.outcome = incident::Outcome::lost;
  notice.sensors = {{"T4"}, {"برج ٥"}};
  notice.picture_of = incident::IncidentId{incident};
  return queued;
}

inline const liaison::PartnerId kNorth{"north"};

}  // namespace marsad::store
