// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "plan/belt.h"
#include "plan/going.h"
#include "plan/ledger.h"
#include "plan/route.h"
#include "service/site_plan.h"

namespace marsad::app {

// What every plan of a site begins with: its belt, its sensors, there or planned, and what they
// see.
struct PlanWork {
  service::Site site;
  plan::Belt belt;
  std::vector<service::PlannedSensor> sensors;
  std::vector<plan::Watch> watches;  // by sensor
  plan::Ledger ledger;
  plan::Going going;
  std::vector<plan::ResponsePost> response;

  std::vector<plan::Post> posts() const;
};

// Works it out on all cores. Ends early, with an unfinished plan, where asked to stop. Errors: a
// table that is named can't be read or is wrong, a belt of too many cells.
base::Result<PlanWork> begin_plan(service::Site site, const std::stop_token& stop);

// What each of some sensors sees, on all cores.
std::vector<plan::Watch> watch_all(const plan::Belt& belt, const terrain::Elevation& ground,
                                   const std::vector<service::PlannedSensor>& sensors,
                                   const plan::WatchSettings& settings,
                                   const std::stop_token& stop);

using plan::kCrosserNames;

}  // namespace marsad::app
