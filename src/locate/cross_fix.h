// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <vector>

#include "locate/plot.h"
#include "locate/sight_crossing.h"
#include "terrain/elevation.h"

namespace marsad::locate {

struct CrossFixSettings {
  double most_apart_s = 0.3;      // between the two looks
  double top_speed_mps = 30;      // of what flies, a component
  double gate_sigma = 3;          // lines of sight that miss each other by more are of two movers
  double least_angle_rad = 0.07;  // lines that meet more sharply don't tell how far off
  double most_range_m = 5000;
  // Above the ground, and by two sigmas of the height: what is lower may stand on it.
  double least_height_m = 8;
  double most_height_m = 500;
  double kept_s = 2;  // looks, for others that come late
};

// Gives what flies a place: where a bearing without one and another sensor's of about the same time
// pass each other in space as closely as their errors allow, and in the air. Such a place is told
// with its height and with an ellipse that is long and thin where the lines meet sharply.
//
// The lines of several movers cross where nobody is, too. Most such ghosts miss each other in
// height, or would be under the ground; each bearing is given to one other of a sensor, those that
// fit best first; what is left must be seen to move as one mover to become a track.
//
// Its classes are those of what is in the air (air_classes.h). Speed doesn't come into them: most
// birds and drones alike fly 5 to 15 m/s.
//
// It sees scans in the order in which they come, and looks at what it kept of the others by their
// times; so a late scan is fixed by the looks about it, while those before it have gone without.
class CrossFix {
 public:
  CrossFix(CrossFixSettings settings, std::shared_ptr<const terrain::Elevation> elevation);

  // The plots of a sensor's look, those that are fixed with a place; in their order.
  std::vector<Plot> fix(const sensor::SensorId& sensor, base::Time time, std::vector<Plot> plots);

 private:
  struct Look {
    base::Time time;
    std::vector<Plot> bearings;
  };
  struct Match;

  void keep(const sensor::SensorId& sensor, base::Time time, const std::vector<Plot>& plots);
  const Look* look_near(const std::deque<Look>& looks, base::Time time) const;
  std::vector<Match> matches(const std::vector<Plot>& plots, base::Time time,
                             const Look& other) const;
  bool in_air(const SightCrossing& crossing) const;

  CrossFixSettings settings_;
  std::shared_ptr<const terrain::Elevation> elevation_;
  std::map<sensor::SensorId, std::deque<Look>> looks_;  // by time
  base::Time newest_ = base::Time::min();
};

}  // namespace marsad::locate
