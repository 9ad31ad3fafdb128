// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace marsad::base {

// Prints the broken promise and aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace marsad::base

// For a caller's bug, never for what comes from outside. Always on.
#define CHECK(condition) \
  ((condition) ? void(0) : ::marsad::base::check_failed(#condition, __FILE__, __LINE__))
