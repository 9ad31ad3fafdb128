// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "service/visibility.h"
#include "track/prediction.h"

namespace marsad::service {

// What a track will do if it goes on as it does now.
struct LookAhead {
  track::TrackId track;
  std::vector<track::PathPoint> path;  // ends where it comes into a privacy zone
  std::optional<track::Arrival> arrival;
  std::optional<track::NextSight> next_sight;
};

// Looks ahead of a track for ten minutes. `watching` are the cameras that watch, each as it looks
// now. Asks the ground for every camera and point of the path: for a person who wants to know of
// one track.
LookAhead look_ahead(const track::Track& track, const Site& site, const Cameras& watching);

}  // namespace marsad::service
