// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace marsad::app {

// Reads the command line and runs its subcommand, one of those that `add_commands` adds (see
// commands.h). Returns the program's exit code.
int run_program(const std::function<void(CLI::App& app, int& status)>& add_commands, int argc,
                char** argv);

// Goes on as another of Marsad's programs, which lies beside this one, with the same command line:
// the same process, so that signals and the exit code are the other's. Returns only where that
// fails: the exit code, after saying why.
int become(const std::string& program, char** argv);

}  // namespace marsad::app
