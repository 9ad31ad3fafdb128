// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "sensor/mover_class.h"

namespace marsad::track {

// What is believed of one mover's class after several plots. Plots of the same mover err alike:
// what looks like a dog from here looks like one in the next frame too. So they are averaged (the
// mean of their logarithms), and many that agree are no surer than one. That is what fitted the
// held-out clips of the network's data best (docs/classification.md, "Repeated looks").
class ClassBelief {
 public:
  // One more plot, whose answer is a probability of each class. `weight` is 0 to 1: a plot is worth
  // the less the sooner it follows the one before. Plots that know nothing change nothing.
  void add(const sensor::ClassProbabilities& plot, double weight);

  // Unknown while nothing was told.
  sensor::ClassProbabilities probabilities() const;

 private:
  // In floats, for each mover has one, in each state of the past.
  std::array<float, sensor::kMoverClasses> mean_log_{};  // of the probabilities
  float looks_ = 0;
};

}  // namespace marsad::track
