// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "plan/crosser.h"
#include "plan/ledger.h"
#include "plan/watch.h"

namespace marsad::plan {

// A place where a watcher could be put.
struct Candidate {
  Chances chances;
  double availability = 1;
  std::size_t sort = 0;  // of watcher, such as tower or balloon: each has a budget of its own
};

struct SitingSettings {
  std::vector<std::size_t> budget;                       // how many of each sort, at most
  std::array<double, kCrosserKinds> weight{1, 1, 0, 0};  // of a found crossing of each kind
  int bound_rounds = 300;
};

struct Siting {
  std::vector<std::size_t> chosen;  // numbers of candidates, the most useful first
  // The weighted probability of crossings found, the mean over the belt's columns: before, with
  // what is chosen, and what no choice within the budget can exceed.
  double before = 0;
  double found = 0;
  double bound = 0;
};

// Which candidates to add to what a ledger holds so that most crossings are found: each time the
// one that helps most [Nemhauser1978], then exchanges while one helps. `bound` says how far from
// the best possible that can be at most.
Siting choose_sites(const Ledger& ledger, std::span<const Candidate> candidates,
                    const SitingSettings& settings);

}  // namespace marsad::plan
