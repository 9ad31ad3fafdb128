// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <fstream>
#include <string>

#include "base/result.h"

namespace marsad::app {

// Each adds one subcommand; when it is chosen, it runs and leaves the program's exit code in
// `status`: 0 done, 1 something from outside was wrong (told on standard error).
void add_run(CLI::App& app, int& status);
void add_check(CLI::App& app, int& status);
void add_init(CLI::App& app, int& status);
void add_detect(CLI::App& app, int& status);
void add_calibrate(CLI::App& app, int& status);
void add_locate(CLI::App& app, int& status);
void add_track(CLI::App& app, int& status);
void add_simulate(CLI::App& app, int& status);
void add_score(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_control(CLI::App& app, int& status);
void add_plan(CLI::App& app, int& status);
void add_range(CLI::App& app, int& status);
void add_policy(CLI::App& app, int& status);
void add_account(CLI::App& app, int& status);
void add_audit(CLI::App& app, int& status);
void add_types(CLI::App& app, int& status);
void add_completion(CLI::App& app, int& status);

// Says what went wrong, no password in it, and returns the exit code for it.
int fail(const base::Error& error);

// Closes a table that was written to `file`. Returns the exit code: that of a failure, which it
// says, where not all of the table could be written.
int close_table(std::ofstream& table, const std::string& file);

}  // namespace marsad::app
