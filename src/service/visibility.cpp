// SPDX-License-Identifier: Apache-2.0
#include "service/visibility.h"

#include <algorithm>

#include "coverage/coverage.h"
#include "geo/local_frame.h"

namespace marsad::service {
namespace {

constexpr double kNothing = 0.001;  // what is found with less than this probability isn't

// How far each camera sees movers of the class it sees best.
std::map<sensor::SensorId, double> reaches_of(const Cameras& cameras,
                                              const coverage::Conditions& conditions) {
  std::map<sensor::SensorId, double> reaches_m;
  for (const auto& [id, camera] : cameras) {
    double& reach_m = reaches_m[id];
    for (std::size_t c = 0; c < sensor::kMoverClasses; ++c) {
      reach_m =
          std::max(reach_m, coverage::detection_range_m(camera, static_cast<sensor::MoverClass>(c),
                                                        kNothing, conditions));
    }
  }
  return reaches_m;
}

}  // namespace

coverage::Conditions conditions_of(const Site& site) {
  return {site.plan.watch.extinction_per_km, site.plan.watch.contrast};
}

track::Visibility visibility_of(const Site& site, std::shared_ptr<const Cameras> cameras) {
  return [conditions = conditions_of(site), reaches_m = reaches_of(*cameras, conditions_of(site)),
          cameras, elevation = site.elevation, border = site.border](
             const sensor::SensorId& sensor, geo::Geodetic place, sensor::MoverClass mover) {
    const auto found = cameras->find(sensor);
    if (found == cameras->end()) return 0.0;
    const geo::LocalFrame here(found->second.pose.position);
    if (geo::norm(here.to_enu(place)) > reaches_m.at(sensor)) return 0.0;
    if (is_private(border->zones, place)) return 0.0;
    return coverage::detection_probability(found->second, *elevation, place, mover, conditions);
  };
}

track::Watched watched_of(const Site& site, std::shared_ptr<const Cameras> cameras) {
  return [reaches_m = reaches_of(*cameras, conditions_of(site)),
          cameras](const sensor::SensorId& sensor) -> std::optional<track::WatchedCircle> {
    const auto found = cameras->find(sensor);
    if (found == cameras->end()) return track::WatchedCircle{};
    return track::WatchedCircle{found->second.pose.position, reaches_m.at(sensor)};
  };
}

}  // namespace marsad::service
