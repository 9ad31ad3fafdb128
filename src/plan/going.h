// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/geodetic.h"
#include "plan/belt.h"
#include "plan/crosser.h"

namespace marsad::plan {

// Something built or lying in the way: how long each kind of crosser needs to get over it, none
// where it can't. A breach is a gap in the line.
struct Obstacle {
  std::vector<geo::Geodetic> line;
  std::array<std::optional<double>, kCrosserKinds> crossing_s;
};

// How one goes over a belt's ground: walkers by slope [Tobler1993], vehicles no steeper than they
// climb, all over obstacles where they can; what flies over everything.
class Going {
 public:
  Going(const Belt& belt, std::span<const Obstacle> obstacles);

  // Seconds from the middle of one cell to that of another near it, in a straight line; none where
  // there is no way.
  std::optional<double> time_s(std::size_t from, std::size_t to, std::size_t kind) const;

 private:
  struct Segment {
    geo::Enu from, to;
    std::uint32_t obstacle = 0;
  };

  void add_segment(const Belt& belt, geo::Geodetic from, geo::Geodetic to, std::uint32_t obstacle);

  std::vector<double> heights_m_;  // by cell
  std::vector<geo::Enu> feet_;     // of cells, at sea level, in the border's frame
  std::vector<std::array<std::optional<double>, kCrosserKinds>> crossing_s_;  // by obstacle
  std::vector<Segment> segments_;
  std::vector<std::vector<std::uint32_t>> near_;  // segments by column
  std::size_t rows_ = 0;
};

}  // namespace marsad::plan
