// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/messages.h"

namespace marsad::wire {

enum class Shape { point, line, polygon };

// One feature, with what Marsad uses of it: a polygon's outer ring, and properties as text.
struct Feature {
  Shape shape = Shape::point;
  std::vector<LngLat> coordinates;
  std::map<std::string, std::string> properties;
  std::size_t number = 1;  // in the file; the parts of a multi-geometry share theirs
};

// Reads a FeatureCollection, a Feature or a bare geometry [RFC7946]; multi-geometries become
// several features. Errors name the file, the feature and what was expected.
base::Result<std::vector<Feature>> read_geojson(std::string_view text, const std::string& file);

}  // namespace marsad::wire
