// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "liaison/policy.h"

namespace marsad::service {

// Partners and what they may hear, or everything that is wrong with the file.
struct LoadedLiaison {
  liaison::Liaison liaison;  // complete only where there is no error
  std::vector<base::Error> errors;
};

// Reads a liaison file (docs/liaison.md). `file` is its name for errors.
LoadedLiaison read_liaison(std::string_view text, const std::string& file);

}  // namespace marsad::service
