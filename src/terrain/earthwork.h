// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "geo/geodetic.h"

namespace marsad::terrain {

enum class EarthworkKind { berm, wall, trench };
constexpr std::array<std::string_view, 3> words(EarthworkKind) {
  return {"berm", "wall", "trench"};
}

// What was raised or dug along a line, and may be thinner than a cell of the elevation. Across the
// line it is a trapezium on the natural ground: at full height up to half the crest's width from
// the line, then evenly down to the ground at half the whole width; a wall's faces are upright. Its
// ends slope as its flanks do, down to the ground half the width beyond the line's ends; so does
// each straight part at a bend, and the highest of the parts counts.
struct Earthwork {
  EarthworkKind kind = EarthworkKind::berm;
  // Straight in latitude and longitude from point to point [RFC7946]; heights don't count.
  std::vector<geo::Geodetic> line;
  double height_m = 0;  // of the crest above the natural ground; of a trench its depth; above 0
  double width_m = 0;   // at the natural ground
  double crest_width_m = 0;  // of the crest, or of a trench's floor; a wall has one width only
};

}  // namespace marsad::terrain
