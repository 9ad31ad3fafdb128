// SPDX-License-Identifier: Apache-2.0
#include "track/association.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace marsad::track {
namespace {

// The place of a value in a sorted list without repeats.
std::size_t place_of(const std::vector<std::uint32_t>& sorted, std::uint32_t value) {
  return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                  sorted.begin());
}

// A mover and a plot with no rivals: both answers are closed.
void associate_pair(Candidate& pair, Association& association) {
  pair.probability = pair.weight / (1 + pair.weight);
  if (pair.weight > 1) association.plot_of[pair.mover] = static_cast<std::int32_t>(pair.plot);
  association.detected[pair.mover] = pair.probability;
  association.taken[pair.plot] = pair.probability;
}

}  // namespace

std::uint32_t Associator::root(std::uint32_t at) {
  while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
  return at;
}

// Joins what is connected, and puts the candidates in the order of their clusters.
void Associator::find_clusters(std::size_t movers, std::size_t plots,
                               std::span<Candidate> candidates) {
  parent_.resize(movers + plots);
  std::iota(parent_.begin(), parent_.end(), 0U);
  for (const Candidate& c : candidates) {
    const std::uint32_t a = root(c.mover), b = root(static_cast<std::uint32_t>(movers) + c.plot);
    // The smaller root stays, so that a cluster's is its first mover.
    parent_[std::max(a, b)] = std::min(a, b);
  }
  ends_.assign(movers + 1, 0);
  for (const Candidate& c : candidates) ++ends_[root(c.mover) + 1];
  std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
  by_cluster_.resize(candidates.size());
  for (Candidate& c : candidates) by_cluster_[ends_[root(c.mover)]++] = &c;
}

void Associator::take_cluster(std::span<Candidate* const> members) {
  movers_.clear();
  plots_.clear();
  for (const Candidate* c : members) {
    movers_.push_back(c->mover);
    plots_.push_back(c->plot);
  }
  for (auto* list : {&movers_, &plots_}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  const std::size_t size = movers_.size() * plots_.size();
  weight_.assign(size, 0.0);
  in_gate_.assign(size, nullptr);
  for (Candidate* c : members) {
    const std::size_t at = place_of(movers_, c->mover) * plots_.size() + place_of(plots_, c->plot);
    weight_[at] = c->weight;
    in_gate_[at] = c;
  }
}

// Where no two movers' likeliest plots are the same, these are the likeliest explanation, as they
// mostly are. Whether that was so; if not, nothing is said.
bool Associator::assign_each_his_best() {
  const std::size_t plots = plots_.size();
  plot_taken_.assign(plots, false);
  for (std::size_t m = 0; m < movers_.size(); ++m) {
    const auto row = weight_.begin() + std::ptrdiff_t(m * plots);
    const auto best = std::max_element(row, row + std::ptrdiff_t(plots));
    if (*best <= 1) continue;
    const auto plot = static_cast<std::size_t>(best - row);
    if (plot_taken_[plot]) return false;
    plot_taken_[plot] = true;
  }
  for (std::size_t m = 0; m < movers_.size(); ++m) {
    const auto row = weight_.begin() + std::ptrdiff_t(m * plots);
    const auto best = std::max_element(row, row + std::ptrdiff_t(plots));
    if (*best <= 1) continue;
    found_.plot_of[movers_[m]] = static_cast<std::int32_t>(plots_[std::size_t(best - row)]);
  }
  return true;
}

// The likeliest explanation: the assignment with the greatest product of weights, where leaving a
// mover without a plot counts 1.
void Associator::assign_likeliest() {
  if (assign_each_his_best()) return;
  cost_.resize(weight_.size());
  std::transform(weight_.begin(), weight_.end(), cost_.begin(),
                 [](double weight) { return weight > 1 ? -std::log(weight) : 0.0; });
  const auto column_of = assign(movers_.size(), plots_.size(), cost_);
  for (std::size_t m = 0; m < movers_.size(); ++m) {
    if (column_of[m] == kUnassigned) continue;
    const auto column = static_cast<std::size_t>(column_of[m]);
    if (weight_[m * plots_.size() + column] > 1) {
      found_.plot_of[movers_[m]] = static_cast<std::int32_t>(plots_[column]);
    }
  }
}

// Belief propagation between movers and plots [Williams14, fig. 4]: the messages from plots to
// movers. It always converges; a limit on the rounds keeps the time bounded.
void Associator::find_messages() {
  constexpr int kMostRounds = 60;
  constexpr double kConverged = 1e-4;
  const std::size_t plots = plots_.size();
  to_plot_.resize(weight_.size());
  to_mover_.assign(weight_.size(), 1.0);
  for (int round = 0; round < kMostRounds; ++round) {
    sum_of_plot_.assign(plots, 1.0);
    for (std::size_t row = 0; row < weight_.size(); row += plots) {
      double sum = 1;
      for (std::size_t at = row; at < row + plots; ++at) sum += weight_[at] * to_mover_[at];
      for (std::size_t p = 0; p < plots; ++p) {
        const std::size_t at = row + p;
        // The sum without this plot, which rounding must not take below that of missing alone.
        to_plot_[at] = weight_[at] / std::max(1.0, sum - weight_[at] * to_mover_[at]);
        sum_of_plot_[p] += to_plot_[at];
      }
    }
    double change = 0;
    for (std::size_t row = 0; row < weight_.size(); row += plots) {
      for (std::size_t p = 0; p < plots; ++p) {
        const std::size_t at = row + p;
        const double message = 1 / std::max(1.0, sum_of_plot_[p] - to_plot_[at]);
        change = std::max(change, std::abs(message - to_mover_[at]));
        to_mover_[at] = message;
      }
    }
    if (change < kConverged) break;
  }
}

void Associator::find_probabilities() {
  const std::size_t plots = plots_.size();
  find_messages();
  for (std::size_t m = 0; m < movers_.size(); ++m) {
    double sum = 1;
    for (std::size_t at = m * plots; at < (m + 1) * plots; ++at) {
      sum += weight_[at] * to_mover_[at];
    }
    for (std::size_t at = m * plots; at < (m + 1) * plots; ++at) {
      Candidate* const candidate = in_gate_[at];
      if (candidate == nullptr) continue;
      candidate->probability = weight_[at] * to_mover_[at] / sum;
      // Sums of probabilities that are approximate; kept probabilities.
      double& detected = found_.detected[candidate->mover];
      double& taken = found_.taken[candidate->plot];
      detected = std::min(1.0, detected + candidate->probability);
      taken = std::min(1.0, taken + candidate->probability);
    }
  }
}

const Association& Associator::associate(std::size_t movers, std::size_t plots,
                                         std::span<Candidate> candidates) {
  found_.plot_of.assign(movers, kUnassigned);
  found_.detected.assign(movers, 0.0);
  found_.taken.assign(plots, 0.0);
  find_clusters(movers, plots, candidates);
  for (std::size_t begin = 0, mover = 0; begin < by_cluster_.size(); ++mover) {
    // A root's end, which its candidates were counted up to, is behind `begin` where it has none.
    const std::size_t end = ends_[mover];
    if (end <= begin) continue;
    if (end == begin + 1) {
      associate_pair(*by_cluster_[begin], found_);
    } else {
      take_cluster(std::span(by_cluster_).subspan(begin, end - begin));
      assign_likeliest();
      find_probabilities();
    }
    begin = end;
  }
  return found_;
}

}  // namespace marsad::track
