// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "score/score.h"
#include "tests/track/made_movers.h"
#include "tests/track/made_sensors.h"
#include "track/tracker.h"

namespace marsad::test {

// A strip along a border watched by towers, balloons and radars, and who moves in it. Simulated,
// from a seed; made to be unlike the recorded scenarios in every number, so that nothing fits those
// alone. Counts are of the whole strip, metres and seconds.
struct Strip {
  std::uint64_t seed = 1;
  double length_m = 15000;
  double half_width_m = 3000;
  double duration_s = 400;
  double scan_every_s = 2;
  double tower_every_m = 2500;
  double range_m = 5000;    // of a tower
  int sensors_a_mover = 2;  // the nearest so many towers may report it

  int groups = 5;
  int group_size = 4;     // 0: drawn, 2 to 8
  double spacing_m = 15;  // 0: drawn, 10 to 20 m; abreast or in file by the toss of a coin
  double walking_mps = 1.3;
  int vehicles = 6;
  double driving_mps = 13;
  int animals = 5;
  int lone_walkers = 0;
  int convoys = 0;          // of 2 to 5 vehicles
  int meetings = 0;         // of two walkers whose ways cross at the same moment
  double stop_every_s = 0;  // on average; then for 10 to 60 s. 0: nobody stops
  int hollows = 0;          // dead ground on the way of so many, one each
  double hollow_s = 60;     // the time its walker needs through it

  double detection_probability = 0.85;
  double hide_every_s = 200;  // on average; then hidden for 5 to 20 s
  double false_plots_a_scan = 6;
  double clustered = 0;                        // this share of them around a few places
  double across_m = 2, across_per_m = 0.0012;  // of a tower, 1 sigma of bearing, and of range
  double along_m = 5, along_per_m = 0.012;
  double bias_per_m = 0;        // 1 sigma of each sensor's own range scale
  double azimuth_bias_rad = 0;  // 1 sigma of each sensor's own
  int balloons = 0;
  int radars = 0;
  bool own_time = false;     // each sensor looks in its own time, and not all at once
  bool empty_looks = false;  // looks that found nothing are told too
  int outages = 0;           // of a sensor each, for a quarter of the time
  double delayed = 0;        // this share of the looks comes late
  double most_delay_s = 30;

  double west_m = 0;      // where the strip's western end lies in the plane
  double north_m = 0;     // and its middle line
  std::string name = {};  // begins the names of its sensors and movers
};

struct MadeUp {
  std::vector<track::Scan> scans;  // in order of arrival
  std::vector<double> arrival_s;   // of each
  std::vector<score::TimedPoint> truth;
  std::size_t plots = 0;
  std::vector<MadeMover> movers;
  std::vector<MadeSensor> sensors;
  std::vector<Hollow> hollows;
};

MadeUp make_up(const Strip& strip);

// So many strips side by side, each with its own seed: more of the same at the same density, in a
// plane that stays flat.
MadeUp make_up_stacked(Strip strip, int strips);

// The same looks, none of them late.
MadeUp in_time(MadeUp made);

// What a visibility model knows of a made strip: ranges and dead ground. `made` must outlive it.
track::Visibility visibility_in(const Strip& strip, const MadeUp& made);
track::Watched watched_in(const MadeUp& made);

}  // namespace marsad::test
