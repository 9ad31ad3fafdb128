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

// In a `privacy` zone, such as people's homes, nothing is detected, shown or recorded.
enum class ZoneKind { village, camp, minefield, closed_area, air_danger, privacy };
constexpr std::array<std::string_view, 6> words(ZoneKind) {
  return {"village", "camp", "minefield", "closed_area", "air_danger", "privacy"};
}

// A named area, one ring, whose edges are straight in latitude and longitude [RFC7946].
struct Zone {
  std::string name;
  ZoneKind kind = ZoneKind::closed_area;
  std::vector<geo::Geodetic> ring;
  double height_m = 4;  // of what stands in a privacy zone and is masked with it: houses, people
};

// Whether a place lies in the ring, its edge included; where the ring winds around a place twice,
// that is in it too. Heights don't count.
bool contains(const Zone& zone, geo::Geodetic place);

// All that is drawn on the border's map.
struct Border {
  geo::BorderLine line;
  std::vector<Barrier> barriers;
  std::vector<Zone> zones;
};

// Whether a place lies in a privacy zone.
bool is_private(const std::vector<Zone>& zones, geo::Geodetic place);

}  // namespace marsad::border
