// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "border/control.h"
#include "border/force.h"
#include "geo/border_line.h"
#include "geo/geodetic.h"

namespace marsad::border {

enum class BarrierKind { trench, berm, fence, wall, gate, watch_tower };
constexpr std::array<std::string_view, 6> words(BarrierKind) {
  return {"trench", "berm", "fence", "wall", "gate", "watch_tower"};
}

// What state a barrier is in. A bridged one has something laid over or into it.
enum class BarrierCondition { intact, breached, bridged, repaired };
constexpr std::array<std::string_view, 4> words(BarrierCondition) {
  return {"intact", "breached", "bridged", "repaired"};
}

// A stretch of a barrier that came into another state.
struct BarrierChange {
  double from_m = 0;  // chainage
  double to_m = 0;
  BarrierCondition condition = BarrierCondition::breached;
  base::Time since;
  base::Time learnt;
  std::string source;
  bool operator==(const BarrierChange&) const = default;
};

// Something built to stop movers, as a line on the ground (a gate or tower: one point).
struct Barrier {
  std::string name;
  BarrierKind kind = BarrierKind::berm;
  std::vector<geo::Geodetic> line;
  double height_m = 0;  // of a berm or wall; below 0 for a trench; 0 where not told
  double width_m = 0;
  std::vector<BarrierChange> history;  // in the order in which it was learnt
};

// The state of a barrier at a chainage and moment by what was learnt by `known`: of all that
// covers them, the latest learnt counts; intact where nothing was learnt.
BarrierCondition condition(const Barrier& barrier, double s_m, base::Time at, base::Time known);

// Whether it stands in the way there: intact or repaired.
bool stands(const Barrier& barrier, double s_m, base::Time at, base::Time known);

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
  // When it holds; without end where none is told. A privacy zone always does.
  std::optional<base::Time> since;
  std::optional<base::Time> until;
};

// Whether a zone holds at a moment.
bool holds(const Zone& zone, base::Time at);

// Whether a place lies in the ring, its edge included; where the ring winds around a place twice,
// that is in it too. Heights don't count.
bool contains(const Zone& zone, geo::Geodetic place);

// The picture of the border: all that is drawn on its map, who holds it and who is about.
struct Border {
  geo::BorderLine line;
  std::vector<Barrier> barriers;
  std::vector<Zone> zones;
  ControlRegister control;
  std::vector<ForceReport> forces;  // in any order
};

// Whether a place lies in a privacy zone.
bool is_private(const std::vector<Zone>& zones, geo::Geodetic place);

}  // namespace marsad::border
