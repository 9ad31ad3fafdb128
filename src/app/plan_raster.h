// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "app/plan_work.h"
#include "base/result.h"

namespace marsad::app {

// coverage.tif: for each kind of crosser a band with the probability that one who is at a place of
// the belt is found within a minute, over the nights; NaN off the belt.
base::Result<void> write_coverage_raster(const PlanWork& work, const std::filesystem::path& folder);

}  // namespace marsad::app
