// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace marsad::base {

// One line each on standard error, with UTC time and level. Threads may log at once.
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace marsad::base
