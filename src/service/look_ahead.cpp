// SPDX-License-Identifier: Apache-2.0
#include "service/look_ahead.h"

#include <algorithm>

namespace marsad::service {

LookAhead look_ahead(const track::Track& track, const Site& site, const Cameras& watching) {
  const geo::BorderLine& line = site.border->line;
  LookAhead ahead;
  ahead.track = track.id;
  ahead.path = track::predicted_path(track, line.frame(), {});
  ahead.arrival = track::arrival_at(line, ahead.path);
  std::vector<sensor::SensorId> sensors;
  for (const auto& [id, camera] : watching) sensors.push_back(id);
  ahead.next_sight = track::next_sight(ahead.path, sensors,
                                       visibility_of(site, std::make_shared<Cameras>(watching)),
                                       sensor::likeliest(track.classes));
  const auto first_private = std::find_if(
      ahead.path.begin(), ahead.path.end(),
      [&](const track::PathPoint& point) { return is_private(site.border->zones, point.place); });
  ahead.path.erase(first_private, ahead.path.end());
  return ahead;
}

}  // namespace marsad::service
