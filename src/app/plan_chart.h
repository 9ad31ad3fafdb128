// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/plan_tables.h"

namespace marsad::app {

// The border as strips, kilometres across, one below the other where it is long: rows for the
// chance to find each kind of crosser, who holds each side, barriers, sensors and the weakest
// routes. An SVG element.
std::string strip_chart(const PlanWork& work, const std::vector<WeakRoute>& routes,
                        const std::vector<ChosenSite>& sites);

// The border from above, north up: the chance to find a walker by colour, sensors, weakest routes,
// recommended sites. An SVG element.
std::string map_chart(const PlanWork& work, const std::vector<WeakRoute>& routes,
                      const std::vector<ChosenSite>& sites);

// The colour of a probability, readable without telling red from green: from red where nobody
// watches over white to blue.
std::string colour(double probability);

}  // namespace marsad::app
