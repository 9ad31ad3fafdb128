// SPDX-License-Identifier: Apache-2.0
#include "plan/watched.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"

namespace marsad::plan {
namespace {

// The columns in which somebody is watched for long enough.
std::vector<std::size_t> columns_watched(const WatchedTime& watched, const WatchDemand& demand) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < watched.of_column.size(); ++i) {
    if (double{watched.of_column[i][demand.kind]} >= demand.seconds) {
      columns.push_back(watched.first_column + i);
    }
  }
  return columns;
}

class DemandSearch {
 public:
  DemandSearch(std::size_t columns, std::span<const DemandCandidate> candidates,
               const WatchDemand& demand, std::vector<std::size_t> budget)
      : candidates_(candidates),
        demanded_(demand.sensors),
        left_(std::move(budget)),
        watching_(columns, 0),
        used_(candidates.size(), false) {
    for (const DemandCandidate& candidate : candidates) {
      sees_.push_back(columns_watched(candidate.watched, demand));
    }
  }

  void count(const std::vector<std::size_t>& columns) {
    for (const std::size_t column : columns) ++watching_[column];
  }

  // How many of the sensors that are demanded anywhere there are, and would be at most.
  std::size_t met() const {
    std::size_t sum = 0;
    for (const std::size_t sensors : watching_) sum += std::min(sensors, demanded_);
    return sum;
  }
  double share_met() const {
    return static_cast<double>(met()) / static_cast<double>(demanded_ * watching_.size());
  }
  double share_of_columns() const {
    const auto met = std::count_if(watching_.begin(), watching_.end(),
                                   [&](std::size_t sensors) { return sensors >= demanded_; });
    return static_cast<double>(met) / static_cast<double>(watching_.size());
  }

  void choose_greedily() {
    for (;;) {
      const std::size_t best = best_left();
      if (best == candidates_.size() || gain(best) == 0) return;
      take(best);
    }
  }

  // Gives up a chosen one for another of its sort while that helps.
  void exchange() {
    for (bool better = true; better;) {
      better = false;
      for (const std::size_t out : std::vector<std::size_t>(chosen_)) {
        give_up(out);
        const std::size_t in = best_left(candidates_[out].sort);
        const bool helps = gain(in) > gain(out);
        better = better || helps;
        take(helps ? in : out);
      }
    }
  }

  // Gains only fall as more is chosen, so nobody can gain more than the best of each sort would
  // beside what is chosen [Nemhauser1978].
  std::size_t most_met(const std::vector<std::size_t>& budget) const {
    std::vector<std::vector<std::size_t>> gains(budget.size());
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      gains[candidates_[c].sort].push_back(gain(c));
    }
    std::size_t sum = met();
    for (std::size_t sort = 0; sort < budget.size(); ++sort) {
      std::sort(gains[sort].rbegin(), gains[sort].rend());
      const std::size_t most = std::min(budget[sort], gains[sort].size());
      for (std::size_t i = 0; i < most; ++i) sum += gains[sort][i];
    }
    return std::min(sum, demanded_ * watching_.size());
  }

  // What is chosen, each time the one that meets most of what is left of it.
  std::vector<std::size_t> by_use() {
    std::vector<std::size_t> rest = std::exchange(chosen_, {});
    std::sort(rest.begin(), rest.end());
    for (const std::size_t one : rest) uncount(sees_[one]);
    std::vector<std::size_t> ordered;
    while (!rest.empty()) {
      const auto best = std::max_element(rest.begin(), rest.end(),
                                         [&](auto a, auto b) { return gain(a) < gain(b); });
      ordered.push_back(*best);
      count(sees_[*best]);
      rest.erase(best);
    }
    return ordered;
  }

 private:
  std::size_t gain(std::size_t candidate) const {
    const auto& columns = sees_[candidate];
    return static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.end(),
                      [&](std::size_t column) { return watching_[column] < demanded_; }));
  }

  // The unused one that meets most and whose sort has a budget left; of one sort only, where told.
  std::size_t best_left(std::optional<std::size_t> sort = std::nullopt) const {
    std::size_t best = candidates_.size();
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      const std::size_t of = candidates_[c].sort;
      if (used_[c] || left_[of] == 0 || (sort && of != *sort)) continue;
      if (best == candidates_.size() || gain(c) > gain(best)) best = c;
    }
    return best;
  }

  void take(std::size_t candidate) {
    count(sees_[candidate]);
    chosen_.push_back(candidate);
    used_[candidate] = true;
    --left_[candidates_[candidate].sort];
  }

  void give_up(std::size_t candidate) {
    uncount(sees_[candidate]);
    std::erase(chosen_, candidate);
    used_[candidate] = false;
    ++left_[candidates_[candidate].sort];
  }

  void uncount(const std::vector<std::size_t>& columns) {
    for (const std::size_t column : columns) --watching_[column];
  }

  std::span<const DemandCandidate> candidates_;
  std::size_t demanded_;
  std::vector<std::size_t> left_;
  std::vector<std::size_t> watching_;           // how many sensors, by column
  std::vector<std::vector<std::size_t>> sees_;  // columns, by candidate
  std::vector<bool> used_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

WatchedTime watched_time(const Belt& belt, const Watch& watch) {
  return by_column<WatchedTime>(
      belt, watch, [&](float& sum, const Watch::Cell& cell, std::size_t kind, double time_s) {
        sum += static_cast<float>(time_s * watch.watched_share(cell, kind));
      });
}

DemandSiting choose_for_demand(std::size_t columns, std::span<const WatchedTime> there,
                               std::span<const DemandCandidate> candidates,
                               const WatchDemand& demand, std::vector<std::size_t> budget) {
  CHECK(columns > 0 && demand.sensors > 0 && demand.kind < kCrosserKinds);
  for (const DemandCandidate& candidate : candidates) CHECK(candidate.sort < budget.size());
  DemandSearch search(columns, candidates, demand, budget);
  for (const WatchedTime& watched : there) search.count(columns_watched(watched, demand));
  DemandSiting siting;
  siting.before = search.share_met();
  siting.columns_before = search.share_of_columns();
  search.choose_greedily();
  search.exchange();
  siting.met = search.share_met();
  siting.columns_met = search.share_of_columns();
  siting.bound =
      static_cast<double>(search.most_met(budget)) / static_cast<double>(demand.sensors * columns);
  siting.chosen = search.by_use();
  return siting;
}

}  // namespace marsad::plan
