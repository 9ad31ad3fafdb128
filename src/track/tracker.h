// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "geo/local_frame.h"
#include "track/refusal.h"
#include "track/scan.h"
#include "track/settings.h"
#include "track/track.h"

namespace marsad::track {

// The tracks of whole seconds of the scans' time, as late scans tell them now: those after the
// first scan in each second. What was said of these seconds before is void.
struct Amended {
  std::chrono::sys_seconds first, last;
  std::vector<Track> tracks;  // by second, then id
};

// Plots in, tracks out. Scans may come in any order within TrackerSettings::most_lateness_s: a late
// one is worked in as if it had come in time, by going back to a state kept from before it. The
// same scans give the same tracks, bit for bit, in whatever order they came, but for the tracks'
// numbers: a track once shown keeps its number though a late scan tells that it began earlier. The
// same scans in the same order give the same numbers too. One thread.
//
// A track is a position and velocity in three modes of motion at once (motion.h) with a
// probability of existence (existence.h). The plots of a scan are shared out jointly among the
// tracks whose gates they are in (association.h: joint probabilistic data association); a plot
// that no track explains begins a tentative track. A plot that is only a bearing moves tracks
// across its line of sight and says that they are there (bearing.h); it begins and confirms none.
// What can't be used is refused and counted by its reason (refusal.h).
class Tracker {
 public:
  // Works in the plane of `frame`, which should lie in the middle of the plots. `visibility` may
  // be empty; then every track counts as visible to a sensor that has reported nearby. `watched`
  // changes no track; it tells what `visibility` need not be asked.
  Tracker(TrackerSettings settings, geo::LocalFrame frame, Visibility visibility = {},
          Watched watched = {});
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  void process(const Scan& scan);

  // Works in the late scans that still wait. They wait while going back for each would cost more
  // than three times the work of the scans themselves, and for a third of most_lateness_s at most.
  void settle();

  // Every live track, and those once confirmed which the newest scan lost, predicted to the newest
  // scan's time. Ordered by id; ids count tracks, tentative ones too, in order of their first plot,
  // as it came. Works in late scans first where that is soon done.
  std::vector<Track> tracks() const;

  // What late scans that were worked in since the newest scan came changed of the past. Ask after
  // tracks() or settle(), which work them in.
  const std::optional<Amended>& amended() const;

  const RefusedCounts& refused() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace marsad::track
