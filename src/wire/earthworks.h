// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "terrain/earthwork.h"

namespace marsad::wire {

// The earthworks of a file, or everything that is wrong with it.
struct ReadEarthworks {
  std::vector<terrain::Earthwork> works;
  std::vector<base::Error> errors;
};

// Reads earthworks from GeoJSON: LineStrings [RFC7946] with the properties `kind` (berm, wall or
// trench), `height_m` (of a berm or wall above the ground) or `depth_m` (of a trench), `width_m` at
// the ground and, of a berm or trench, `crest_width_m` of the crest or the floor, 0 if left out.
// Errors name the file, the feature, the key, what was found and what was expected.
ReadEarthworks read_earthworks(std::string_view text, const std::string& file);

}  // namespace marsad::wire
