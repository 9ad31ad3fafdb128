// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"

namespace marsad::app {

// A time as the API has it, or a date, which stands for its noon; an error names the option.
base::Result<base::Time> read_time(const std::string& option, const std::string& text);

}  // namespace marsad::app
