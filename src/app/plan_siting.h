// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/plan_tables.h"
#include "app/plan_work.h"
#include "base/result.h"

namespace marsad::app {

struct SitingOptions {
  std::size_t towers = 5, balloons = 0;  // at most
  // Where given: walkers are to be watched for so long by each of so many sensors, instead of
  // found as likely as can be.
  std::optional<double> seconds;
  std::size_t sensors = 1;
};

// What is chosen, in its order, and in words what the choice is worth.
struct Choice {
  std::vector<ChosenSite> sites;
  std::vector<std::string> told;
};

// Chooses among the site's candidates, but for those on ground where nothing may be built: in
// zones, and along stretches of the line that are closed. Errors: it names no candidates, or their
// table is wrong.
base::Result<Choice> choose_sites(const PlanWork& work, const SitingOptions& options,
                                  const std::stop_token& stop);

}  // namespace marsad::app
