// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "terrain/earthwork.h"
#include "tests/support/made_terrain.h"

namespace marsad::test {

// A point of a plane, metres east and north.
struct PlanePoint {
  double east = 0;
  double north = 0;
};

// An earthwork drawn in a plane.
struct DrawnWork {
  terrain::EarthworkKind kind = terrain::EarthworkKind::berm;
  std::vector<PlanePoint> line;
  double height_m = 0;
  double width_m = 0;
  double crest_width_m = 0;

  // The same around the middle of made terrain.
  terrain::Earthwork work() const {
    terrain::Earthwork work{kind, {}, height_m, width_m, crest_width_m};
    for (const PlanePoint point : line) work.line.push_back(at(point.east, point.north));
    return work;
  }
};

inline std::vector<terrain::Earthwork> works_of(const std::vector<DrawnWork>& drawn) {
  std::vector<terrain::Earthwork> works;
  for (const DrawnWork& one : drawn) works.push_back(one.work());
  return works;
}

// The rise of one straight part at a point, from the words of the definition; below 0 beside it.
inline double share_of_height(const DrawnWork& work, PlanePoint a, PlanePoint b, PlanePoint p) {
  const double length = std::hypot(b.east - a.east, b.north - a.north);
  const double east = (b.east - a.east) / length, north = (b.north - a.north) / length;
  const double along = (p.east - a.east) * east + (p.north - a.north) * north;
  const double aside = std::abs((p.north - a.north) * east - (p.east - a.east) * north);
  const double beyond = std::max({0.0, -along, along - length});
  const double off = std::max(aside, beyond), half = work.width_m / 2;
  if (off > half) return -1;
  const bool is_wall = work.kind == terrain::EarthworkKind::wall;
  const double crest = is_wall ? half : work.crest_width_m / 2;
  return off <= crest ? 1 : (half - off) / (half - crest);
}

// How much higher the ground is there.
inline double drawn_rise_m(const std::vector<DrawnWork>& works, PlanePoint p) {
  double highest = -1, deepest = 0;
  for (const DrawnWork& work : works) {
    for (std::size_t i = 0; i + 1 < work.line.size(); ++i) {
      const double share = share_of_height(work, work.line[i], work.line[i + 1], p);
      if (share < 0) continue;
      if (work.kind == terrain::EarthworkKind::trench) {
        deepest = std::max(deepest, share * work.height_m);
      } else {
        highest = std::max(highest, share * work.height_m);
      }
    }
  }
  return highest >= 0 ? highest : -deepest;
}

}  // namespace marsad::test
