// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace marsad::app {

// Adds `history` to the command `plan`: which kilometre was blind for how long, from the record.
void add_plan_history(CLI::App& plan, int& status);

}  // namespace marsad::app
