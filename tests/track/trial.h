// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "score/score.h"
#include "tests/track/strip.h"
#include "track/tracker.h"

// Trials of the tracker against the truth of a strip.
namespace marsad::test {

// A confirmed track carried to the moment at which it is looked at.
struct Shown {
  track::TrackId id;
  double e_m = 0, n_m = 0;
  geo::CovEn cov_m2;  // of the place, the sensors' biases in it
};

// Gives the tracker the looks as they arrive, and `take` what it shows at each of these times, in
// order, when everything that had arrived by then is in.
void watch(track::Tracker& tracker, const std::vector<track::Scan>& scans,
           const std::vector<double>& arrival_s, const std::vector<double>& times_s,
           const std::function<void(double t_s, const std::vector<Shown>&)>& take);

// What a tracker makes of the scans, scored by its confirmed tracks at each time of the truth.
score::TrackScore track_and_score(const std::vector<track::Scan>& scans,
                                  const std::vector<score::TimedPoint>& truth);
score::TrackScore track_and_score(const MadeUp& made);

// The same of what a record holds of each second once late looks have corrected it.
score::TrackScore record_and_score(const MadeUp& made);

// Mean squared error over what the tracker says it is (NEES), of two dimensions: 2 where it is
// honest. Of movers at moments so far apart that their errors are fresh.
struct Consistency {
  double sum = 0;
  int samples = 0;
  double nees() const { return sum / samples; }
  // Where 95 of 100 honest trackers' means lie.
  double least() const;
  double most() const;
};
std::map<MadeKind, Consistency> consistency(const MadeUp& made);

// How many movers that dead ground hid for at least `least_hidden_s` have the same track's number
// after it as before.
struct Kept {
  int hidden = 0;
  int kept = 0;
  double share() const { return double(kept) / hidden; }
};
std::map<MadeKind, Kept> kept_through_hollows(const Strip& strip, const MadeUp& made,
                                              double least_hidden_s);

// The share of moments at which a group, all of it in the strip and none of it hidden for the last
// half minute, has a track for each of its members.
double right_counts(const MadeUp& made);

}  // namespace marsad::test
