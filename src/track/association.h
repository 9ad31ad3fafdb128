// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "track/assignment.h"

// Which plot of a scan is of which mover. All tracks and plots that could be each other's, directly
// or through others, are decided together; the rest of the tracker only sees the answer.
namespace marsad::track {

// A plot inside a mover's gate. `weight` is how many times likelier it is that the mover made it
// than that the mover was missed and something false or new made it.
struct Candidate {
  std::uint32_t mover = 0;
  std::uint32_t plot = 0;
  double weight = 0;
  double probability = 0;  // the answer: that the plot is of the mover, over all explanations
};

struct Association {
  // By mover: the plot it has in the likeliest joint explanation, or kUnassigned.
  std::vector<std::int32_t> plot_of;
  // By mover: the probability that any plot is of it.
  std::vector<double> detected;
  // By plot: the probability that it is of any mover.
  std::vector<double> taken;
};

// A mover makes at most one plot of a scan and a plot is of at most one mover. The likeliest
// explanation is exact; the probabilities, also written into the candidates, are by belief
// propagation [Williams14]. One serves scan after scan, so that each need not ask for memory anew;
// its answer holds until the next.
class Associator {
 public:
  const Association& associate(std::size_t movers, std::size_t plots,
                               std::span<Candidate> candidates);

 private:
  void find_clusters(std::size_t movers, std::size_t plots, std::span<Candidate> candidates);
  std::uint32_t root(std::uint32_t at);
  void take_cluster(std::span<Candidate* const> members);
  bool assign_each_his_best();
  void assign_likeliest();
  void find_messages();
  void find_probabilities();

  Association found_;
  std::vector<std::uint32_t> parent_;   // of movers, then plots: joined are those of one root
  std::vector<Candidate*> by_cluster_;  // the candidates, clusters in order of their first mover
  std::vector<std::uint32_t> ends_;     // by root: where its cluster ends there

  // Movers and plots of the cluster in hand under their own small numbers.
  std::vector<std::uint32_t> movers_;
  std::vector<std::uint32_t> plots_;
  std::vector<double> weight_;       // movers × plots, 0 outside the gate
  std::vector<Candidate*> in_gate_;  // movers × plots, none outside the gate
  std::vector<double> cost_;         // movers × plots
  std::vector<bool> plot_taken_;     // by plot
  std::vector<double> to_plot_;      // messages, movers × plots
  std::vector<double> to_mover_;     // messages, movers × plots
  std::vector<double> sum_of_plot_;  // by plot
};

}  // namespace marsad::track
