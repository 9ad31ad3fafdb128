// SPDX-License-Identifier: Apache-2.0
#include "track/association.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace marsad::track {
namespace {

// Joins what is connected.
class DisjointSets {
 public:
  explicit DisjointSets(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), 0U);
  }
  std::uint32_t root(std::uint32_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  // The smaller root stays, so that the order of clusters is that of their first mover.
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Movers and plots of one cluster under their own small numbers.
struct Cluster {
  std::vector<std::uint32_t> movers;
  std::vector<std::uint32_t> plots;
  std::vector<double> weight;          // movers × plots, 0 outside the gate
  std::vector<Candidate*> candidates;  // movers × plots, none outside the gate
};

// The place of a value in a sorted list without repeats.
std::size_t place_of(const std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                  sorted.begin());
}

Cluster make_cluster(std::span<Candidate* const> members) {
  Cluster cluster;
  for (const Candidate* c : members) {
    cluster.movers.push_back(c->mover);
    cluster.plots.push_back(c->plot);
  }
  for (auto* list : {&cluster.movers, &cluster.plots}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  const std::size_t size = cluster.movers.size() * cluster.plots.size();
  cluster.weight.assign(size, 0.0);
  cluster.candidates.assign(size, nullptr);
  for (Candidate* c : members) {
    const std::size_t at = place_of(cluster.movers, c->mover) * cluster.plots.size() +
                           place_of(cluster.plots, c->plot);
    cluster.weight[at] = c->weight;
    cluster.candidates[at] = c;
  }
  return cluster;
}

// The likeliest explanation: the assignment with the greatest product of weights, where leaving a
// mover without a plot counts 1.
void assign_likeliest(const Cluster& cluster, Association& association) {
  std::vector<double> cost(cluster.weight.size());
  std::transform(cluster.weight.begin(), cluster.weight.end(), cost.begin(),
                 [](double weight) { return weight > 1 ? -std::log(weight) : 0.0; });
  const auto column_of = assign(cluster.movers.size(), cluster.plots.size(), cost);
  for (std::size_t m = 0; m < cluster.movers.size(); ++m) {
    if (column_of[m] == kUnassigned) continue;
    const auto column = static_cast<std::size_t>(column_of[m]);
    if (cluster.weight[m * cluster.plots.size() + column] > 1) {
      association.plot_of[cluster.movers[m]] = static_cast<std::int32_t>(cluster.plots[column]);
    }
  }
}

// Belief propagation between movers and plots [Williams14, fig. 4]: the messages from plots to
// movers. It always converges; a limit on the rounds keeps the time bounded.
std::vector<double> messages_to_movers(const Cluster& cluster) {
  constexpr int kMostRounds = 60;
  constexpr double kConverged = 1e-4;
  const std::size_t plots = cluster.plots.size();
  const std::vector<double>& weight = cluster.weight;
  std::vector<double> to_plot(weight.size());
  std::vector<double> to_mover(weight.size(), 1.0);
  std::vector<double> sum_of_plot(plots);
  for (int round = 0; round < kMostRounds; ++round) {
    std::fill(sum_of_plot.begin(), sum_of_plot.end(), 1.0);
    for (std::size_t row = 0; row < weight.size(); row += plots) {
      double sum = 1;
      for (std::size_t at = row; at < row + plots; ++at) sum += weight[at] * to_mover[at];
      for (std::size_t p = 0; p < plots; ++p) {
        const std::size_t at = row + p;
        // The sum without this plot, which rounding must not take below that of missing alone.
        to_plot[at] = weight[at] / std::max(1.0, sum - weight[at] * to_mover[at]);
        sum_of_plot[p] += to_plot[at];
      }
    }
    double change = 0;
    for (std::size_t row = 0; row < weight.size(); row += plots) {
      for (std::size_t p = 0; p < plots; ++p) {
        const std::size_t at = row + p;
        const double message = 1 / std::max(1.0, sum_of_plot[p] - to_plot[at]);
        change = std::max(change, std::abs(message - to_mover[at]));
        to_mover[at] = message;
      }
    }
    if (change < kConverged) break;
  }
  return to_mover;
}

void find_probabilities(const Cluster& cluster, Association& association) {
  const std::size_t plots = cluster.plots.size();
  const std::vector<double> to_mover = messages_to_movers(cluster);
  for (std::size_t m = 0; m < cluster.movers.size(); ++m) {
    double sum = 1;
    for (std::size_t at = m * plots; at < (m + 1) * plots; ++at) {
      sum += cluster.weight[at] * to_mover[at];
    }
    for (std::size_t at = m * plots; at < (m + 1) * plots; ++at) {
      Candidate* candidate = cluster.candidates[at];
      if (candidate == nullptr) continue;
      candidate->probability = cluster.weight[at] * to_mover[at] / sum;
    }
  }
  // Sums of probabilities that are approximate; kept probabilities.
  for (const Candidate* c : cluster.candidates) {
    if (c == nullptr) continue;
    double& detected = association.detected[c->mover];
    double& taken = association.taken[c->plot];
    detected = std::min(1.0, detected + c->probability);
    taken = std::min(1.0, taken + c->probability);
  }
}

// A mover and a plot with no rivals: both answers are closed.
void associate_pair(Candidate& pair, Association& association) {
  pair.probability = pair.weight / (1 + pair.weight);
  if (pair.weight > 1) association.plot_of[pair.mover] = static_cast<std::int32_t>(pair.plot);
  association.detected[pair.mover] = pair.probability;
  association.taken[pair.plot] = pair.probability;
}

}  // namespace

Association associate(std::size_t movers, std::size_t plots, std::span<Candidate> candidates) {
  Association association{std::vector<std::int32_t>(movers, kUnassigned),
                          std::vector<double>(movers, 0.0), std::vector<double>(plots, 0.0)};
  DisjointSets sets(movers + plots);
  for (const Candidate& c : candidates) {
    sets.join(c.mover, static_cast<std::uint32_t>(movers) + c.plot);
  }
  std::vector<Candidate*> order;
  order.reserve(candidates.size());
  for (Candidate& c : candidates) order.push_back(&c);
  std::stable_sort(order.begin(), order.end(), [&sets](const Candidate* a, const Candidate* b) {
    return sets.root(a->mover) < sets.root(b->mover);
  });
  for (std::size_t begin = 0; begin < order.size();) {
    const std::uint32_t root = sets.root(order[begin]->mover);
    std::size_t end = begin + 1;
    while (end < order.size() && sets.root(order[end]->mover) == root) ++end;
    if (end == begin + 1) {
      associate_pair(*order[begin], association);
    } else {
      const Cluster cluster = make_cluster(std::span(order).subspan(begin, end - begin));
      assign_likeliest(cluster, association);
      find_probabilities(cluster, association);
    }
    begin = end;
  }
  return association;
}

}  // namespace marsad::track
