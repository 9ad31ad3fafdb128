// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "geo/local_frame.h"
#include "locate/plot.h"
#include "track/existence.h"
#include "track/motion.h"
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

  // Probability that a plot no track explains is of a mover never seen before: the rarer false
  // plots are among such, the higher.
  double birth_existence = 0.01;
  std::uint32_t confirm_plots = 3;  // at least so many before a track is confirmed

  // How people and animals move, and how vehicles do. See motion.h.
  MotionModes modes = {MotionMode{0.003, 1.2, 0.7, 120}, MotionMode{0.3, 10, 0.3, 60}};

  double gate_sigma = 4;

  // A mover hides (a bush, a fold of the ground) and shows again, on average after so long.
  ExistenceSettings existence = {.mean_visible_s = 60, .mean_hidden_s = 10, .mean_life_s = 600};

  // Frames soon after each other fail alike, so misses count once in this time, not once a frame.
  double look_interval_s = 0.7;

  // A sensor's bias, as seen from one mover, is forgotten over this time: it differs from place to
  // place.
  double bias_memory_s = 60;

  // Scans this much older than the newest are ignored.
  double most_lateness_s = 5;
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
