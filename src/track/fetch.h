// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace marsad::track {

// Asks for memory that is soon read. Among thousands of movers those near have left the cache since
// they were seen last, and waiting for one line after the other costs as much as all the reckoning.
inline void fetch(const void* from, std::size_t bytes) {
  constexpr std::size_t kLine = 64;
  const char* const begin = static_cast<const char*>(from);
  for (std::size_t at = 0; at < bytes; at += kLine) __builtin_prefetch(begin + at);
}

}  // namespace marsad::track
