// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/plan_siting.h"
#include "app/plan_tables.h"

namespace marsad::app {

// A page for print and screen, everything in it: what nobody watches, strips and map, the weakest
// routes and how a patrol's way compares, the sites to add with how good the choice is at least.
std::string report_page(const PlanWork& work, const std::vector<WeakRoute>& routes,
                        const Choice& choice);

}  // namespace marsad::app
