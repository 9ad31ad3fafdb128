// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace marsad::base {

// Tells the system that this memory, not yet touched, will be used as a whole, so that it may give
// it in large pages: of small ones each costs a fault, which for millions of cells takes longer
// than filling them. Only speed depends on it.
void use_large_pages(void* memory, std::size_t bytes);

// Room for so many values in large pages. The vector is empty.
template <class Value>
std::vector<Value> reserved_in_large_pages(std::size_t count) {
  std::vector<Value> values;
  values.reserve(count);
  use_large_pages(values.data(), count * sizeof(Value));
  return values;
}

}  // namespace marsad::base
