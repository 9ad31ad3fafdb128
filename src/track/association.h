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
// explanation is exact; the probabilities, also written into `candidates`, are by belief
// propagation [Williams14].
Association associate(std::size_t movers, std::size_t plots, std::span<Candidate> candidates);

}  // namespace marsad::track
