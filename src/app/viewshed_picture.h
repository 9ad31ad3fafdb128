// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "terrain/ground_map.h"
#include "video/encode.h"

namespace marsad::app {

// What a cell shows: a colour over the hill shade, as strong as `share` says.
struct Tint {
  video::Rgb colour;
  double share = 0;
};

struct LegendLine {
  video::Rgb colour;
  std::string words;
};

struct PictureSettings {
  std::vector<LegendLine> legend;
  double range_m = 0;
};

// Colours of a height layer in bands, and of a sight layer.
Tint tint_of(float least_m);
Tint tint_of(terrain::Sight sight);
std::vector<LegendLine> height_legend();
std::vector<LegendLine> sight_legend(double target_height_m);

// A map for people: the ground shaded as if lit from the north-west, cells tinted, the observers
// as crosses; round a single one rings with their distances in km. One pixel stands for one cell,
// or for several where the picture would be larger than 2000 pixels a side.
video::Image<video::Rgb> picture_of(const terrain::GroundMap& map,
                                    const std::function<Tint(std::size_t)>& tint_of_cell,
                                    const PictureSettings& settings);

}  // namespace marsad::app
