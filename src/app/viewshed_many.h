// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/ground_map.h"

namespace marsad::app {

struct NamedObserver {
  std::string name;
  terrain::MapPlace place;
  double height_m = 0;  // of the eye above the ground
};

// What one observer sees when it stands at the map's i-th place, with the same limits for all.
struct ManySettings {
  std::vector<NamedObserver> observers;
  terrain::ViewshedSettings limits;
  double target_height_m = 0;
};

// Reads a table with name, lat, lon and height.
base::Result<std::vector<NamedObserver>> read_observers(const std::string& file);

// What any of the observers sees, worked out on all cores, a viewshed at a time on each. The order
// in which they finish does not matter. Ends early, with an unfinished layer, where asked to stop.
base::Result<terrain::HeightLayer> least_heights_of_all(const terrain::GroundMap& map,
                                                        const ManySettings& settings,
                                                        std::stop_token stop);
base::Result<terrain::SightLayer> sight_of_all(const terrain::GroundMap& map,
                                               const ManySettings& settings, std::stop_token stop);

}  // namespace marsad::app
