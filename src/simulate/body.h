// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "simulate/air.h"
#include "simulate/painter.h"
#include "simulate/scenario.h"

namespace marsad::simulate {

// Where a mover stands in a picture.
struct Stance {
  double foot_u = 0;
  double foot_v = 0;
  double px_per_m_across = 0;
  double px_per_m_up = 0;
  double hidden_below_v = 0;  // rows from here down are behind nearer ground
  double range_m = 0;
  double slope = 0;        // of the sight, its elevation angle's tangent
  double bearing_rad = 0;  // from the camera
};

// What a mover of this class shows of itself, cut where ground hides it: a person with hot head and
// a gait, a vehicle with hot engine and wheels, an animal on four legs. Counts are `ground_counts`
// and what its heat adds, seen through the air.
std::vector<Patch> body(const TruthState& mover, double t_s, const Stance& stance, const Air& air,
                        double ground_counts);

}  // namespace marsad::simulate
