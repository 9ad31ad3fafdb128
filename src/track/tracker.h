// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "geo/local_frame.h"
#include "locate/plot.h"
#include "track/track.h"

namespace marsad::track {

// All plots of one look of one sensor, also when there are none.
struct Scan {
  sensor::SensorId sensor;
  base::Time time;
  std::vector<locate::Plot> plots;
};

// Probability that this sensor, looking now, would have detected a mover of this class here.
// Answers 0 where it can't see, so that an unseen track there is not held to be gone.
using Visibility = std::function<double(const sensor::SensorId& sensor, geo::Geodetic place,
                                        sensor::MoverClass mover)>;

struct TrackerSettings {
  double false_plots_per_km2 = 0.05;  // in one scan
  double confirm_existence = 0.95;
  double drop_existence = 0.02;
  double drop_after_s = 12;            // unseen for this long, whatever the existence
  double detection_probability = 0.8;  // where no visibility model is given
};

// Plots in, tracks out. Scans come in about the order of their times; the same scans in the same
// order give the same tracks, bit for bit. One thread.
class Tracker {
 public:
  // Works in the plane of `frame`, which should lie in the middle of the plots. `visibility` may
  // be empty; then every track counts as visible to a sensor that has reported nearby.
  Tracker(TrackerSettings settings, geo::LocalFrame frame, Visibility visibility = {});
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  void process(const Scan& scan);

  // Every live track, and those lost by the newest scan, predicted to the newest scan's time.
  // Ordered by id.
  std::vector<Track> tracks() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::track
