// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "plan/belt.h"
#include "plan/crosser.h"
#include "plan/watch.h"

namespace marsad::plan {

// For how long a crosser on a straight way through each column is watched: in sight, in frame, and
// near enough that one look finds it by half on a night of usual contrast. Seconds.
struct WatchedTime {
  std::size_t first_column = 0;
  std::vector<std::array<float, kCrosserKinds>> of_column;  // from the first
};
WatchedTime watched_time(const Belt& belt, const Watch& watch);

// What is asked of a watch: that a kind of crosser is watched for some time by each of some
// sensors, so that one may fail, or two may tell where it is.
struct WatchDemand {
  std::size_t kind = 0;
  double seconds = 60;
  std::size_t sensors = 1;
};

// A place where a watcher could be put.
struct DemandCandidate {
  WatchedTime watched;
  std::size_t sort = 0;  // each has a budget of its own
};

struct DemandSiting {
  std::vector<std::size_t> chosen;  // numbers of candidates, the most useful first
  // How much of the demand is met, in the mean over the columns: one where fewer sensors than
  // demanded watch counts by their share. Before, with what is chosen, and what no choice within
  // the budget can exceed.
  double before = 0, met = 0, bound = 0;
  // The share of columns where all of it is met.
  double columns_before = 0, columns_met = 0;
};

// Which candidates to add to those that watch already: each time the one that meets most
// [Nemhauser1978], then exchanges while one helps. `budget` says how many of each sort, at most.
DemandSiting choose_for_demand(std::size_t columns, std::span<const WatchedTime> there,
                               std::span<const DemandCandidate> candidates,
                               const WatchDemand& demand, std::vector<std::size_t> budget);

}  // namespace marsad::plan
