// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "border/border.h"
#include "incident/judge.h"
#include "track/track.h"

namespace marsad::test {

// A border of 10 km that runs due south; home is to its east. Places are metres east and north of
// its middle, which is at kilometre 5.
inline const geo::LocalFrame kPlane(geo::Geodetic{geo::radians(34), geo::radians(41), 0});

inline geo::Geodetic at(double east_m, double north_m) {
  return kPlane.to_geodetic_at_height(east_m, north_m, 0);
}

inline std::shared_ptr<const border::Border> straight_border() {
  auto line = geo::BorderLine::make({at(0, 5000), at(0, 0), at(0, -5000)}, true);
  return std::make_shared<border::Border>(border::Border{*std::move(line), {}, {}, {}, {}});
}

inline base::Time second(double t_s) { return base::Time(base::from_seconds(t_s)); }

struct Drawn {
  double t_s = 0;
  double east_m = 0;
  double north_m = 0;
  double sigma_m = 2;
  std::uint64_t id = 1;
};

inline track::Track track_of(const Drawn& drawn) {
  track::Track track;
  track.id.value = drawn.id;
  track.status = track::TrackStatus::confirmed;
  track.time = track.last_seen = second(drawn.t_s);
  track.place = at(drawn.east_m, drawn.north_m);
  track.ve_mps = 1.5;
  track.cov[0] = track.cov[4] = drawn.sigma_m * drawn.sigma_m;
  track.existence = 1;
  track.classes = {0.9, 0.02, 0.02, 0.02, 0.02, 0.02};
  track.sensors = {{"T1"}};
  track.last_sensor = {"T1"};
  track.last_cause = {static_cast<std::uint64_t>(drawn.t_s * 10), 0};
  return track;
}

inline track::Track lost(Drawn drawn) {
  track::Track track = track_of(drawn);
  track.status = track::TrackStatus::lost;
  return track;
}

// All that a judge says of tracks drawn one by one, each the newest state of an incident.
inline std::vector<incident::Incident> judged(incident::Judge& judge,
                                              const std::vector<track::Track>& tracks) {
  std::vector<incident::Incident> all;
  for (const track::Track& track : tracks) {
    for (incident::Incident& incident : judge.judge({&track, 1})) {
      std::erase_if(all, [&](const incident::Incident& old) { return old.id == incident.id; });
      all.push_back(std::move(incident));
    }
  }
  return all;
}

// A walk due east (or west where the speed is below 0) over the line, ten states a second.
inline std::vector<track::Track> walk(Drawn from, double speed_mps, double duration_s) {
  std::vector<track::Track> tracks;
  for (int i = 0; i < static_cast<int>(duration_s * 10); ++i) {
    Drawn drawn = from;
    drawn.t_s += 0.1 * i;
    drawn.east_m += 0.1 * i * speed_mps;
    tracks.push_back(track_of(drawn));
  }
  return tracks;
}

}  // namespace marsad::test
