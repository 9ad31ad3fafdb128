// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace marsad::simulate {

// Random numbers as functions of what they are for, so that any of them can be had at any time and
// in any order: hash the names of the thing, then read the hash as a number.

// Scrambles 64 bits, one to one [Steele14, splitmix64].
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

template <class... Keys>
constexpr std::uint64_t hash(std::uint64_t seed, Keys... keys) {
  std::uint64_t h = mix(seed);
  ((h = mix(h ^ static_cast<std::uint64_t>(keys))), ...);
  return h;
}

std::uint64_t hash_text(std::string_view text);

// Evenly from 0 up to, not including, 1.
constexpr double uniform(std::uint64_t hash) { return static_cast<double>(hash >> 11) * 0x1p-53; }

constexpr double between(double low, double high, std::uint64_t hash) {
  return low + (high - low) * uniform(hash);
}

// Of mean 0 and sigma 1.
double gaussian(std::uint64_t hash);

// Smooth noise over the plane with one bump about every unit of length, within -1 and 1. Plain
// arithmetic only: the same bits on every machine [Perlin02].
double gradient_noise(std::uint64_t seed, double x, double y);

// 0 up to `low`, 1 from `high` on, and smooth between.
constexpr double smooth_step(double low, double high, double x) {
  const double raw = (x - low) / (high - low);
  const double t = raw < 0 ? 0 : raw > 1 ? 1 : raw;
  return t * t * (3 - 2 * t);
}

}  // namespace marsad::simulate
