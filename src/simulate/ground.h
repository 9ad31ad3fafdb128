// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/scenario.h"
#include "terrain/elevation.h"

namespace marsad::simulate {

// Something small that stands out from the ground: a rock still warm, or a cool bush.
struct Tuft {
  geo::Geodetic place;
  double height_m = 0;
  double half_width_m = 0;
  double counts = 0;  // above the ground's
};

// How warm the ground is, by place.
class Ground {
 public:
  Ground(const World& world);

  // Mean counts of a patch this large, metres: of the pattern finer than that nothing is left.
  double counts(geo::Geodetic place, double patch_m) const;

  // All rocks and bushes within `reach_m`.
  std::vector<Tuft> tufts(geo::Geodetic around, double reach_m) const;

 private:
  struct Relief {
    double westward_slope = 0;
    double wadi = 0;  // 1 in the bed of a channel, 0 on open ground
  };
  Relief relief(geo::Geodetic place) const;

  const terrain::Elevation* elevation_;
  std::uint64_t seed_;
  double mean_counts_;
  geo::Geodetic middle_;
  double metres_per_lon_;
};

}  // namespace marsad::simulate
