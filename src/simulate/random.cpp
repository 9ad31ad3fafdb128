// SPDX-License-Identifier: Apache-2.0
#include "simulate/random.h"

#include <cmath>
#include <numbers>

namespace marsad::simulate {
namespace {

// The slope of one of eight directions, times the offset from the lattice point.
double slope(std::uint64_t hash, double x, double y) {
  constexpr double kDiagonal = std::numbers::sqrt2 / 2;
  const double sign_x = (hash & 1) != 0 ? -1 : 1, sign_y = (hash & 2) != 0 ? -1 : 1;
  if ((hash & 4) != 0) return kDiagonal * (sign_x * x + sign_y * y);
  return sign_y > 0 ? sign_x * x : sign_x * y;
}

double fade(double t) { return t * t * t * (t * (t * 6 - 15) + 10); }

std::uint64_t lattice(std::uint64_t seed, double x, double y) {
  const auto ix = static_cast<std::uint64_t>(static_cast<std::int64_t>(x));
  const auto iy = static_cast<std::uint64_t>(static_cast<std::int64_t>(y));
  return mix(seed ^ (ix * 0xd6e8feb86659fd93) ^ (iy * 0xa0761d6478bd642f)) >> 32;
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
  std::uint64_t h = 0;
  for (const char c : text) h = mix(h ^ static_cast<unsigned char>(c));
  return h;
}

double gaussian(std::uint64_t hash) {
  const double radius = std::sqrt(-2 * std::log(1 - uniform(hash)));
  return radius * std::cos(2 * std::numbers::pi * uniform(mix(hash)));
}

double gradient_noise(std::uint64_t seed, double x, double y) {
  const double x0 = std::floor(x), y0 = std::floor(y);
  const double dx = x - x0, dy = y - y0;
  const double south_west = slope(lattice(seed, x0, y0), dx, dy);
  const double south_east = slope(lattice(seed, x0 + 1, y0), dx - 1, dy);
  const double north_west = slope(lattice(seed, x0, y0 + 1), dx, dy - 1);
  const double north_east = slope(lattice(seed, x0 + 1, y0 + 1), dx - 1, dy - 1);
  const double u = fade(dx), v = fade(dy);
  const double south = south_west + u * (south_east - south_west);
  const double north = north_west + u * (north_east - north_west);
  return std::numbers::sqrt2 * (south + v * (north - south));
}

}  // namespace marsad::simulate
