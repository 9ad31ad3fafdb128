// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "track/tracker.h"

namespace marsad::test {

// What one keeps who notes the tracks after the first scan of each second, and corrects the past
// where the tracker says so.
struct TrackRecord {
  std::map<std::chrono::sys_seconds, std::vector<track::Track>> states;

  // After each scan.
  void take(const track::Tracker& tracker, base::Time scan_time) {
    const std::vector<track::Track> now = tracker.tracks();
    correct(tracker);
    const auto second = std::chrono::floor<std::chrono::seconds>(scan_time);
    if (!states.empty() && second <= states.rbegin()->first) return;
    states[second] = now;
  }

  // At the end.
  void settle(track::Tracker& tracker) {
    tracker.settle();
    correct(tracker);
  }

 private:
  void correct(const track::Tracker& tracker) {
    const auto& amended = tracker.amended();
    if (!amended) return;
    states.erase(states.lower_bound(amended->first), states.upper_bound(amended->last));
    for (const track::Track& track : amended->tracks) {
      states[std::chrono::floor<std::chrono::seconds>(track.time)].push_back(track);
    }
  }
};

}  // namespace marsad::test
