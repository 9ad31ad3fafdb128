// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
namespace marsad::detect {
inline float P(const char* n, float d) {
  const char* s = std::getenv(n);
  return s ? float(std::atof(s)) : d;
}
}  // namespace marsad::detect
