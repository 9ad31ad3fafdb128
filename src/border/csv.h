// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.h"
#include "border/border.h"

// The border's tables; docs/formats.md has their columns. Errors name the file and the line.
namespace marsad::border {

// Rows in any order: they are put into the order in which they were learnt, and those learnt at
// the same moment keep theirs.
base::Result<ControlRegister> read_control(std::istream& in, const std::string& file);
// Read again, it gives the same register.
void write_control(const ControlRegister& control, std::ostream& out);

// What became of barriers: each row is added to the barrier of its name. Errors: a name that no
// barrier or several have.
base::Result<void> read_barrier_history(std::istream& in, const std::string& file,
                                        std::vector<Barrier>& barriers);

base::Result<std::vector<ForceReport>> read_forces(std::istream& in, const std::string& file);

}  // namespace marsad::border
