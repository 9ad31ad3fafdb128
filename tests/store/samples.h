// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "detect/detection.h"
#include "incident/incident.h"
#include "track/track.h"

namespace marsad::store {

inline base::Time sample_time(std::int64_t second) {
  return base::Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 22)) +
         std::chrono::seconds(second) + base::Duration(250'001);
}

// A frame with numbers that no decimal writes down, and those that SQLite's REAL would change.
inline detect::FrameDetections sample_frame(std::uint64_t number, std::uint32_t detections) {
  detect::FrameDetections frame;
  frame.camera.text = "T3";
  frame.frame = number;
  frame.time = sample_time(static_cast<std::int64_t>(number));
  frame.pose = {
      {0.1 * 3, -0.0, 812.0 / 7}, 1.0 / 3, -0.0, std::numeric_limits<double>::denorm_min()};
  for (std::uint32_t i = 0; i < detections; ++i) {
    detect::Detection& detection = frame.detections.emplace_back();
    detection.index = i;
    detection.box = {-1, static_cast<int>(i), 7, 9};
    detection.centroid = {1.0 / (i + 3), 511.9999999999999};
    detection.cov_px2 = {0.1, -0.0, std::numeric_limits<double>::infinity()};
    detection.area_px = 41;
    detection.contrast = -17.3;
    detection.snr = static_cast<double>(number) / 3;
    detection.classes = {0.1, 0.2, 0.3, 0.1, 0.1, 0.2};
  }
  return frame;
}

inline track::Track sample_track(std::uint64_t id, base::Time time) {
  track::Track track;
  track.id.value = id;
  track.status = track::TrackStatus::confirmed;
  track.time = time;
  track.place = {0.57, 0.68, 701.0 / 3};
  track.ve_mps = -1.0 / 3;
  track.vn_mps = 1e-17;
  for (std::size_t i = 0; i < track.cov.size(); ++i) {
    track.cov[i] = 1.0 / (static_cast<double>(i) + 7);
  }
  track.bias_cov_m2 = {0.1, -0.2, 0.3};
  track.existence = 0.99;
  track.classes = {0.7, 0.1, 0.1, 0.05, 0.03, 0.02};
  track.first_seen = sample_time(0);
  track.last_seen = time;
  track.plots = 4'000'000'000;
  track.last_sensor.text = "T4";
  track.last_cause = {std::numeric_limits<std::uint64_t>::max(), 3};
  track.sensors = {{"T3"}};
  return track;
}

// The same incident for the same id, in a state an officer left it in.
inline incident::Incident sample_incident(std::uint64_t id) {
  incident::Incident incident;
  incident.id.value = id;
  incident.kind = incident::Kind::hand_over;
  incident.direction = incident::Direction::outbound;
  incident.told = sample_time(static_cast<std::int64_t>(id) + 2);
  incident.time = sample_time(static_cast<std::int64_t>(id));
  incident.chainage_m = 213'000 + 1.0 / static_cast<double>(id);
  incident.place = {0.57, 0.68, 701.0 / 3};
  incident.probability = 0.95;
  incident.classes = {0.7, 0.1, 0.1, 0.05, 0.03, 0.02};
  incident.speed_mps = 1.4;
  incident.heading_rad = 1.0 / 3;
  incident.tracks = {{id * 2}, {std::numeric_limits<std::uint64_t>::max()}, {3}};
  incident.sensors = {{"T4"}, {"T3"}, {"برج ٥"}};
  incident.evidence = {{"T4"}, sample_time(7), {17, 2}};
  incident.because = "crossed at km 213, 'sure' to 0.95; p = \"high\"";
  incident.history = {{incident::Kind::approach, sample_time(5), "came, 'sure'"},
                      {incident::Kind::hand_over, sample_time(6), ""}};
  incident.state = incident::LifecycleState::tasked;
  incident.tasked_to = "دورية ٤";
  incident.reminders = 2;
  incident.reached = {sample_time(8), sample_time(9), std::nullopt, std::nullopt};
  // Some were merged into another, some resolved.
  if (id % 2 == 0) {
    incident.merged_into = incident::IncidentId{id - 1};
  } else {
    incident.state = incident::LifecycleState::resolved;
    incident.outcome = incident::Outcome::aid_given;
    incident.reached.arrived = sample_time(12);
    incident.reached.resolved = sample_time(14);
    incident.persons = incident::Persons{2, 3, 1};
    incident.referral = incident::Referral::medical;
  }
  incident.notes = {{sample_time(8), "watch officer", "seen; number " + std::to_string(id)},
                    {sample_time(9), "", std::string("with a \0 in it", 14)}};
  return incident;
}

}  // namespace marsad::store
