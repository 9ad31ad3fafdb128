// SPDX-License-Identifier: Apache-2.0
#include "service/visibility.h"

#include "coverage/coverage.h"

namespace marsad::service {

track::Visibility visibility_of(const Site& site, std::shared_ptr<const Cameras> cameras) {
  return [cameras = std::move(cameras), elevation = site.elevation, border = site.border](
             const sensor::SensorId& sensor, geo::Geodetic place, sensor::MoverClass mover) {
    const auto found = cameras->find(sensor);
    if (found == cameras->end() || is_private(border->zones, place)) return 0.0;
    return coverage::detection_probability(found->second, *elevation, place, mover);
  };
}

}  // namespace marsad::service
