// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "geo/border_line.h"
#include "geo/geodetic.h"

namespace marsad::border {

enum class BarrierKind { trench, berm, fence, wall, gate, watch_tower };
constexpr std::array<std::string_view, 6> words(BarrierKind) {
  return {"trench", "berm", "fence", "wall", "gate", "watch_tower"};
}

// Something built to stop movers, as a line on the ground (a gate or tower: one point).
struct Barrier {
  std::string name;
  BarrierKind kind = BarrierKind::berm;
  std::vector<geo::Geodetic> line;
  double height_m = 0;  // of a berm or wall; below 0 for a trench; 0 where not told
  double width_m = 0;
};

enum class ZoneKind { village, camp, minefield, closed_area, air_danger };
constexpr std::array<std::string_view, 5> words(ZoneKind) {
  return {"village", "camp", "minefield", "closed_area", "air_danger"};
}

// A named area, one ring.
struct Zone {
  std::string name;
  ZoneKind kind = ZoneKind::closed_area;
  std::vector<geo::Geodetic> ring;
};

// All that is drawn on the border's map.
struct Border {
  geo::BorderLine line;
  std::vector<Barrier> barriers;
  std::vector<Zone> zones;
};

}  // namespace marsad::border
