// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulate/scenario.h"

namespace marsad::simulate {

// What the air between and the sky behind do to counts.
class Air {
 public:
  explicit Air(const Weather& weather);

  // Share of the contrast that is left after this way.
  double transmission(double range_m) const;
  // What a thing of these counts shows at this range: far things fade into the horizon.
  double seen(double counts, double range_m) const;
  // The sky at this elevation angle's tangent: the horizon's warmth, colder upwards.
  double sky(double slope) const;

 private:
  double extinction_per_m_;
  double horizon_counts_;
};

}  // namespace marsad::simulate
