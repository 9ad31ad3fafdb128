// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulate/scenario.h"

namespace marsad::service {

// A scenario, or everything that is wrong with it.
struct LoadedScenario {
  std::optional<simulate::Scenario> scenario;
  std::vector<base::Error> errors;
};

// Reads a scenario file; `file` is for the errors.
LoadedScenario read_scenario(std::string_view text, const std::string& file);

}  // namespace marsad::service
