// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"
#include "incident/judge.h"
#include "sensor/mover_class.h"
#include "tests/scenario/picture.h"

namespace marsad::scenario {

// "T: looking east, fov 12 deg, mast 30 m"
struct CameraPlan {
  std::string name;
  Cell cell;
  double azimuth_deg = 90;
  double fov_deg = 12;
  double mast_m = 30;
  double sky_deg = 0.3;  // seen above the horizon
  std::optional<double> covered_from_s;
  std::optional<double> turned_at_s;
  double turn_deg = 0;
};

// "walkers: 4 persons along a-b, 12 m apart, 1.4 m/s"
struct PartyPlan {
  std::string name;
  sensor::MoverClass mover = sensor::MoverClass::person;
  int count = 1;
  std::vector<Cell> path;
  double speed_mps = 1.4;
  double apart_m = 12;
  double roaming_m = 0;
  double from_s = 0;
  double up_m = 0;
  double halting_s = 0;
};

// "homes: privacy p-q-r-s, 4 m high"
struct PrivacyPlan {
  std::string name;
  std::vector<Cell> corners;
  double height_m = 4;
};

// "berm: barrier p-q, breached"
struct BarrierPlan {
  std::string name;
  std::vector<Cell> line;
  bool breached = false;
};

// A drawn world, understood.
struct Plan {
  Picture picture;
  double cell_m = 50;
  double ridge_m = 12;
  double wadi_m = 4;
  double time_s = 0;
  std::uint64_t seed = 1;
  geo::Enu home;  // the way home across the line, of length 1
  std::vector<CameraPlan> cameras;
  std::vector<PartyPlan> parties;
  std::vector<PrivacyPlan> privacy;
  std::vector<BarrierPlan> barriers;
  incident::RuleSettings rules;  // crossings alone where no line names others
  bool tells_tampering = false;
  std::vector<incident::KnownTraffic> known;

  // Metres east and north of the picture's middle.
  geo::Enu metres(Cell cell) const;
};

// Reads a drawn world. Errors say what is wrong, where, and what was expected.
base::Result<Plan> read_plan(std::string_view text);

}  // namespace marsad::scenario
