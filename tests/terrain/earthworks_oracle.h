// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
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

// Earthworks of all kinds, of one to four parts, that cross each other and bend at random, within
// some hundred metres of the middle.
inline std::vector<DrawnWork> random_works(std::mt19937_64& random) {
  const auto share = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  std::vector<DrawnWork> works(1 + random() % 7);
  for (DrawnWork& work : works) {
    work.kind = static_cast<terrain::EarthworkKind>(random() % 3);
    work.height_m = share(0.5, 4);
    work.width_m = work.kind == terrain::EarthworkKind::wall ? share(0.2, 1) : share(2, 14);
    // Some flanks upright, some crests an edge.
    const std::array<double, 4> crests{0, 1, share(0, 1), share(0, 1)};
    work.crest_width_m = work.width_m * crests[random() % 4];
    PlanePoint at{share(-300, 300), share(-300, 300)};
    work.line = {at};
    for (std::size_t part = 0; part < 1 + random() % 4; ++part) {
      at = {at.east + share(-170, 170), at.north + share(-170, 170)};
      work.line.push_back(at);
    }
  }
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
