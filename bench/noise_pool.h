// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace marsad::bench {

// White Gaussian noise, fast: every row is the sum of two stretches at drawn places in one long
// field drawn beforehand. Two stretches meet again only after some 10¹² rows. Deterministic.
class NoisePool {
 public:
  NoisePool(double sigma, unsigned seed) : random_(seed), field_(kLength) {
    std::normal_distribution<float> one(0, static_cast<float>(sigma / std::sqrt(2.0)));
    for (float& sample : field_) sample = one(random_);
  }

  // Adds noise to a row and rounds it into counts. A row is at most 65,536 pixels wide.
  void add(std::span<const float> clean, std::span<std::uint16_t> counts) {
    const float* const a = field_.data() + random_() % (kLength - kWidest);
    const float* const b = field_.data() + random_() % (kLength - kWidest);
    for (std::size_t i = 0; i < clean.size(); ++i)
      counts[i] = static_cast<std::uint16_t>(static_cast<int>(clean[i] + a[i] + b[i] + 0.5F));
  }

 private:
  static constexpr std::size_t kLength = std::size_t{1} << 21;
  static constexpr std::size_t kWidest = std::size_t{1} << 16;

  std::mt19937 random_;
  std::vector<float> field_;
};

}  // namespace marsad::bench
