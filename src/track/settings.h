// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "track/existence.h"
#include "track/motion.h"

namespace marsad::track {

struct TrackerSettings {
  double false_plots_per_km2 = 0.05;  // in one scan
  // Bearings without a place that nothing on the ground made, in one look: birds, aircraft, and
  // movers that no track knows of.
  double false_bearings_per_rad = 1;
  double confirm_existence = 0.95;
  double drop_existence = 0.02;        // of a confirmed track
  double drop_after_s = 24;            // unseen for this long: dropped, or hidden
  double detection_probability = 0.8;  // where no visibility model is given

  // Probability that a plot no track explains is of a mover never seen before.
  double birth_existence = 0.03;
  std::uint32_t confirm_plots = 3;  // a track is confirmed by no fewer

  // Who keeps to his way; who wanders, or does not go evenly; who starts, stops or turns sharply.
  // See motion.h. Chosen on made strips, so that errors are what they are said to be.
  MotionModes modes = {MotionMode{0.0005, 0.0004, 1, 0.8, 300}, MotionMode{0.01, 0.01, 8, 0.18, 60},
                       MotionMode{0.5, 0.06, 8, 0.02, 10}};

  double gate_sigma = 5;

  // A track follows the average of the plots that may be its own, and the plot of the likeliest
  // joint explanation counts so many times more. At 1 (plain joint probabilistic association)
  // the tracks of people walking abreast run together; the higher, the dearer is each mistake.
  double commitment = 1.2;

  // A mover hides (a bush, a fold of the ground) and shows again, on average after so long.
  ExistenceSettings existence = {.mean_visible_s = 60, .mean_hidden_s = 10, .mean_life_s = 600};

  // The same where a visibility model tells where a mover can hide: seldom elsewhere, and not for
  // long, so that a track dies where it would have been seen.
  ExistenceSettings watched = {.mean_visible_s = 200, .mean_hidden_s = 2, .mean_life_s = 300};
  double watched_drop_existence = 0.1;  // instead of drop_existence

  // With a visibility model, a track that no sensor could have seen is kept for so long.
  double most_hidden_s = 150;

  // Frames soon after each other fail alike, so misses count once in this time and not once a
  // frame.
  double look_interval_s = 0.7;

  // An unseen track is dropped, or hidden, when its place has become less sure by this much, 1
  // sigma: to go on showing it would be guessing. Raise it for sensors that come by less than every
  // 10 s.
  double most_drift_m = 40;

  // What a track learns of a sensor's bias is forgotten over this time, as it moves on to where
  // the bias is another.
  double bias_memory_s = 60;

  // Late scans are worked in as if they had come in time, up to this much older than the newest.
  // Memory grows with it: the plots of so long are kept.
  double most_lateness_s = 30;
};

}  // namespace marsad::track
