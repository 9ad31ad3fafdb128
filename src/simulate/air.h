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
  // What a thing of these counts shows at this range, along a sight of this slope: far things fade
  // into the sky that stands there, or the horizon's warmth below it. For where air is the same all
  // along a sight, its sky looks the same from both ends: of the sky a share is what the air up to
  // the thing gives, the rest what it lets through.
  double seen(double counts, double range_m, double slope) const;
  // The sky at this elevation angle's tangent: the horizon's warmth, colder upwards.
  double sky(double slope) const;

 private:
  double extinction_per_m_;
  double horizon_counts_;
};

}  // namespace marsad::simulate
