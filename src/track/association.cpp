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
  std::vector<double> weight;  // movers × plots, 0 outside the gate

  double& at(std::size_t mover, std::size_t plot) { return weight[mover * plots.size() + plot]; }
  double at(std::size_t mover, std::size_t plot) const {
    return weight[mover * plots.size() + plot];
  }
};

std::size_t place_of(const std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                  sorted.begin());
}

Cluster make_cluster(std::span<const Candidate> candidates) {
  Cluster cluster;
  for (const Candidate& c : candidates) {
    cluster.movers.push_back(c.mover);
    cluster.plots.push_back(c.plot);
  }
  for (auto* list : {&cluster.movers, &cluster.plots}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  cluster.weight.assign(cluster.movers.size() * cluster.plots.size(), 0.0);
  for (const Candidate& c : candidates) {
    cluster.at(place_of(cluster.movers, c.mover), place_of(cluster.plots, c.plot)) = c.weight;
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
    if (cluster.at(m, column) > 1) {
      association.plot_of[cluster.movers[m]] = static_cast<std::int32_t>(cluster.plots[column]);
    }
  }
}

// Marginal probabilities by belief propagation between movers and plots [Williams14, fig. 4]. It
// always converges; a hard limit on the rounds keeps the time bounded.
void propagate(const Cluster& cluster, Association& association) {
  constexpr int kRounds = 60;
  constexpr double kConverged = 1e-4;
  const std::size_t movers = cluster.movers.size();
  const std::size_t plots = cluster.plots.size();
  std::vector<double> to_plot(cluster.weight.size());
  std::vector<double> to_mover(cluster.weight.size(), 1.0);
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t m = 0; m < movers; ++m) {
      double sum = 1;
      for (std::size_t p = 0; p < plots; ++p) sum += cluster.at(m, p) * to_mover[m * plots + p];
      for (std::size_t p = 0; p < plots; ++p) {
        const std::size_t at = m * plots + p;
        to_plot[at] = cluster.weight[at] / (sum - cluster.weight[at] * to_mover[at]);
      }
    }
    double change = 0;
    for (std::size_t p = 0; p < plots; ++p) {
      double sum = 1;
      for (std::size_t m = 0; m < movers; ++m) sum += to_plot[m * plots + p];
      for (std::size_t m = 0; m < movers; ++m) {
        const std::size_t at = m * plots + p;
        const double message = 1 / (sum - to_plot[at]);
        change = std::max(change, std::abs(message - to_mover[at]));
        to_mover[at] = message;
      }
    }
    if (change < kConverged) break;
  }
  for (std::size_t m = 0; m < movers; ++m) {
    double sum = 1;
    for (std::size_t p = 0; p < plots; ++p) sum += cluster.at(m, p) * to_mover[m * plots + p];
    for (std::size_t p = 0; p < plots; ++p) {
      const double probability = cluster.at(m, p) * to_mover[m * plots + p] / sum;
      association.detected[cluster.movers[m]] += probability;
      association.taken[cluster.plots[p]] += probability;
    }
  }
}

// A mover and a plot with no rivals: both answers are closed.
void associate_pair(const Candidate& pair, Association& association) {
  const double probability = pair.weight / (1 + pair.weight);
  if (pair.weight > 1) association.plot_of[pair.mover] = static_cast<std::int32_t>(pair.plot);
  association.detected[pair.mover] = probability;
  association.taken[pair.plot] = probability;
}

}  // namespace

Association associate(std::size_t movers, std::size_t plots, std::vector<Candidate> candidates) {
  Association association{std::vector<std::int32_t>(movers, kUnassigned),
                          std::vector<double>(movers, 0.0), std::vector<double>(plots, 0.0)};
  DisjointSets sets(movers + plots);
  const auto plot_node = [movers](const Candidate& c) {
    return static_cast<std::uint32_t>(movers) + c.plot;
  };
  for (const Candidate& c : candidates) sets.join(c.mover, plot_node(c));
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&sets](const Candidate& a, const Candidate& b) {
                     return sets.root(a.mover) < sets.root(b.mover);
                   });
  for (std::size_t begin = 0; begin < candidates.size();) {
    std::size_t end = begin + 1;
    const std::uint32_t root = sets.root(candidates[begin].mover);
    while (end < candidates.size() && sets.root(candidates[end].mover) == root) ++end;
    if (end == begin + 1) {
      associate_pair(candidates[begin], association);
    } else {
      const Cluster cluster = make_cluster(std::span(candidates).subspan(begin, end - begin));
      assign_likeliest(cluster, association);
      propagate(cluster, association);
    }
    begin = end;
  }
  return association;
}

}  // namespace marsad::track
