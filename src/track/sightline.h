// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "track/motion.h"

namespace marsad::track {

// A line of the plane on which a mover was seen, with the error across it. Like a Position it can
// be held against a belief and taken into it, in one dimension.
struct Sightline {
  double e_m = 0, n_m = 0;            // any place on it
  double across_e = 0, across_n = 0;  // the direction square to it, of length 1
  double variance_m2 = 0;             // across
};

struct LineFit {
  double density_pm = 0;  // of seeing this line, given the belief, a metre across
  double distance2 = 0;   // squared Mahalanobis distance in the mode where it is least
};
LineFit fit(const Motion& motion, const Sightline& seen);

void update(Motion& motion, const Sightline& seen);

}  // namespace marsad::track
