// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "geo/geodetic.h"
#include "incident/rule.h"
#include "sensor/health.h"

namespace marsad::incident {

// What is wrong with a sensor that stands at a place.
struct SensorTrouble {
  sensor::SensorId sensor;
  geo::Geodetic place;
  sensor::Condition condition;
};

// What somebody may have done to a sensor: covered, blinded or moved it. None where its trouble is
// another, such as noise or a lost signal.
std::optional<Finding> tampering(const SensorTrouble& trouble, const geo::BorderLine& line);

}  // namespace marsad::incident
