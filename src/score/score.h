// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace marsad::score {

// Where somebody was, or was said to be, at one time. Local plane, metres.
struct TimedPoint {
  double t_s = 0;
  std::string id;
  double e_m = 0;
  double n_m = 0;
};

struct TrackScore {
  double gospa_m = 0;       // mean over the truth's times; p = 2, alpha = 2 [Rahmathullah17]
  double missed = 0;        // a scan
  double false_tracks = 0;  // a scan
  double location_rms_m = 0;
  std::uint64_t id_switches = 0;
  double truth = 0;  // movers a scan
};

// The pairs of one time, nearer than the cut-off, with the least sum of squared distances where
// farther ones count as the cut-off: numbers of truth and track.
std::vector<std::pair<std::size_t, std::size_t>> match_points(const std::vector<TimedPoint>& truth,
                                                              const std::vector<TimedPoint>& tracks,
                                                              double cut_off_m);

// Compares tracks with truth at the truth's times; `cut_off_m` is GOSPA's c.
TrackScore score_tracks(const std::vector<TimedPoint>& truth, const std::vector<TimedPoint>& tracks,
                        double cut_off_m = 60);

struct DetectionScore {
  std::uint64_t frames = 0;
  // By pixel, summed over all frames.
  std::uint64_t true_positive_px = 0, false_positive_px = 0, false_negative_px = 0;
  double precision_px = 0, recall_px = 0, f_px = 0;
  // By object: a truth object is found where any of its pixels is detected; a detected object
  // (8-connected) is false where it touches no truth pixel.
  std::uint64_t objects = 0, objects_found = 0, false_objects = 0, detected_objects = 0;
  double precision_objects = 0, recall_objects = 0, f_objects = 0;
  double false_objects_per_1000_frames = 0;
};

// Compares the masks of two folders, PNG, paired by the number in their names; only frames that
// have a truth count, and a missing mask counts as an empty one.
base::Result<DetectionScore> score_masks(const std::string& truth_folder,
                                         const std::string& mask_folder);

}  // namespace marsad::score
