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
  double drop_existence = 0.02;        // of a confirmed track
  double drop_after_s = 24;            // unseen for this long, whatever the existence
  double detection_probability = 0.8;  // where no visibility model is given

  // Probability that a plot no track explains is of a mover never seen before.
  double birth_existence = 0.03;
  std::uint32_t confirm_plots = 3;  // a track is confirmed by no fewer

  // People and animals; vehicles; either while it starts, stops or turns. See motion.h.
  MotionModes modes = {MotionMode{0.003, 1, 0.8, 300}, MotionMode{0.1, 8, 0.18, 60},
                       MotionMode{1.5, 8, 0.02, 10}};

  double gate_sigma = 5;

  // A track follows the average of the plots that may be its own, and the plot of the likeliest
  // joint explanation counts so many times more. At 1 (plain joint probabilistic association)
  // the tracks of people walking abreast run together; the higher, the dearer is each mistake.
  double commitment = 1.5;

  // A mover hides (a bush, a fold of the ground) and shows again, on average after so long.
  ExistenceSettings existence = {.mean_visible_s = 60, .mean_hidden_s = 10, .mean_life_s = 600};

  // Frames soon after each other fail alike, so misses count once in this time and not once a
  // frame.
  double look_interval_s = 0.7;

  // An unseen track is dropped when its place has become less sure by this much, 1 sigma: to go on
  // showing it would be guessing. Raise it for sensors that come by less than every 10 s.
  double most_drift_m = 40;

  // What a track learns of a sensor's bias is forgotten over this time, as it moves on to where
  // the bias is another.
  double bias_memory_s = 60;

  // Scans this much older than the newest are ignored.
  double most_lateness_s = 5;
};

// Plots in, tracks out. Scans come in about the order of their times; the same scans in the same
// order give the same tracks, bit for bit. One thread.
//
// A track is a position and velocity in three modes of motion at once (motion.h) with a
// probability of existence (existence.h). The plots of a scan are shared out jointly among the
// tracks whose gates they are in (association.h: joint probabilistic data association); a plot
// that no track explains begins a tentative track. A scan a little older than the newest is put
// where it belongs by going back in time. Plots without a place are ignored, for their sensor's
// place isn't known here; so are plots with numbers that can't be.
class Tracker {
 public:
  // Works in the plane of `frame`, which should lie in the middle of the plots. `visibility` may
  // be empty; then every track counts as visible to a sensor that has reported nearby.
  Tracker(TrackerSettings settings, geo::LocalFrame frame, Visibility visibility = {});
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  void process(const Scan& scan);

  // Every live track, and those once confirmed which the newest scan lost, predicted to the newest
  // scan's time. Ordered by id; ids count tracks, tentative ones too, in order of their first plot.
  std::vector<Track> tracks() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::track
