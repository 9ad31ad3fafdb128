// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>

namespace marsad::test {

// Draws that are the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return double(engine_() >> 11U) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double normal() {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * std::numbers::pi * uniform());
  }
  int poisson(double mean) {
    int count = 0;
    for (double p = uniform(); p > std::exp(-mean); p *= uniform()) ++count;
    return count;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace marsad::test
