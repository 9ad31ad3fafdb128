// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/local_frame.h"
#include "score/score.h"
#include "track/tracker.h"

namespace marsad::test {

// The plane that every strip, made up or recorded, lies in.
const geo::LocalFrame& plane();

// A strip along a border watched by a row of towers, and who walks and drives in it. Made to be
// unlike the recorded scenarios in every number, so that nothing fits those alone.
struct Strip {
  std::uint64_t seed = 1;
  double length_m = 15000;
  double half_width_m = 3000;
  double duration_s = 400;
  double scan_every_s = 2;
  double tower_every_m = 2500;
  double range_m = 5000;
  int sensors_a_mover = 2;  // the nearest so many may report it

  int groups = 5;
  int group_size = 4;
  double spacing_m = 15;
  double walking_mps = 1.3;
  int vehicles = 6;
  double driving_mps = 13;
  int animals = 5;

  double detection_probability = 0.85;
  double hide_every_s = 200;  // on average; then hidden for 5 to 20 s
  double false_plots_a_scan = 6;
  double across_m = 2, across_per_m = 0.0012;  // 1 sigma of bearing, and of range
  double along_m = 5, along_per_m = 0.012;
  double bias_per_m = 0;  // 1 sigma of each tower's own range scale
};

struct MadeUp {
  std::vector<track::Scan> scans;
  std::vector<score::TimedPoint> truth;
  std::size_t plots = 0;
};

MadeUp make_up(const Strip& strip);

// A recorded scenario: plots, the truth behind them and the tracks Stone Soup made of them.
struct Recorded {
  std::vector<track::Scan> scans;
  std::vector<score::TimedPoint> truth;
  std::vector<score::TimedPoint> stone_soup;
};

// Reads tracking/`name` of the real data; none where they are missing.
std::optional<Recorded> read_recorded(const std::string& name);

// What a new tracker makes of the scans, scored by its confirmed tracks at each time.
score::TrackScore track_and_score(const std::vector<track::Scan>& scans,
                                  const std::vector<score::TimedPoint>& truth);

}  // namespace marsad::test
