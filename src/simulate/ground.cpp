// SPDX-License-Identifier: Apache-2.0
#include "simulate/ground.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "simulate/random.h"
#include "simulate/sight_profile.h"

namespace marsad::simulate {
namespace {

constexpr double kMetresPerLat = 6'371'000;

// One scale of the ground's pattern.
struct Octave {
  double wavelength_m;
  double counts;
};
constexpr std::array<Octave, 8> kOctaves = {
    {{900, 35}, {310, 35}, {120, 30}, {48, 30}, {19, 34}, {7.5, 40}, {3.0, 46}, {1.2, 50}}};

// What of a scale survives the averaging over a patch.
double left_over(double wavelength_m, double patch_m) {
  return smooth_step(0.5, 2, wavelength_m / patch_m);
}

}  // namespace

Ground::Ground(const World& world)
    : elevation_(&world.elevation()),
      seed_(hash(world.scenario().seed, hash_text("ground"))),
      mean_counts_(world.scenario().weather.ground_counts) {
  const terrain::Bounds bounds = elevation_->bounds();
  middle_ = {(bounds.south_rad + bounds.north_rad) / 2, (bounds.west_rad + bounds.east_rad) / 2, 0};
  metres_per_lon_ = kMetresPerLat * std::cos(middle_.lat_rad);
}

Ground::Relief Ground::relief(geo::Geodetic place) const {
  constexpr double kStep_m = 30;
  const auto height_m = [&](double east_m, double north_m) {
    return elevation_->height_m(place.lat_rad + north_m / kMetresPerLat,
                                place.lon_rad + east_m / metres_per_lon_);
  };
  const auto east = height_m(kStep_m, 0), west = height_m(-kStep_m, 0);
  const auto north = height_m(0, kStep_m), south = height_m(0, -kStep_m);
  const auto here = height_m(0, 0);
  if (!east || !west || !north || !south || !here) return {};
  const double slope = (0.9 * (*east - *west) + 0.4 * (*north - *south)) / (2 * kStep_m);
  const double hollow_m = (*east + *west + *north + *south) / 4 - *here;
  return {std::clamp(slope, -0.3, 0.3), smooth_step(0.4, 1.6, hollow_m)};
}

double Ground::counts(geo::Geodetic place, double patch_m) const {
  const double x = (place.lon_rad - middle_.lon_rad) * metres_per_lon_;
  const double y = (place.lat_rad - middle_.lat_rad) * kMetresPerLat;
  // Slopes towards the evening sun, west, keep its warmth into the night, and so does the gravel in
  // wadis.
  const Relief relief = this->relief(place);
  double counts = mean_counts_ + 600 * relief.westward_slope + 90 * relief.wadi;
  std::uint64_t seed = seed_;
  for (const Octave& octave : kOctaves) {
    const double share = left_over(octave.wavelength_m, patch_m);
    if (share == 0) break;
    seed = mix(seed);
    counts += share * octave.counts *
              gradient_noise(seed, x / octave.wavelength_m, y / octave.wavelength_m);
  }
  // Veins of bare gravel, warm at night, wind through the sand.
  const double vein_m = 260;
  const double vein = gradient_noise(mix(seed_ + 1), x / vein_m, y / vein_m);
  const double along = gradient_noise(mix(seed_ + 2), x / 700, y / 700);
  return counts + 55 * (1 - smooth_step(0.02, 0.12, std::abs(vein))) * smooth_step(0, 0.4, along);
}

std::vector<Tuft> Ground::tufts(geo::Geodetic around, double reach_m) const {
  constexpr double kCell_m = 11;
  const double x0 = (around.lon_rad - middle_.lon_rad) * metres_per_lon_;
  const double y0 = (around.lat_rad - middle_.lat_rad) * kMetresPerLat;
  const auto cell = [](double metres) {
    return static_cast<std::int64_t>(std::floor(metres / kCell_m));
  };
  std::vector<Tuft> tufts;
  for (std::int64_t i = cell(x0 - reach_m); i <= cell(x0 + reach_m); ++i) {
    for (std::int64_t j = cell(y0 - reach_m); j <= cell(y0 + reach_m); ++j) {
      const std::uint64_t own = hash(seed_, i, j);
      const double x = kCell_m * (static_cast<double>(i) + uniform(mix(own + 1)));
      const double y = kCell_m * (static_cast<double>(j) + uniform(mix(own + 2)));
      // They stand in groups and along wadis, and some ground is bare.
      const double dense = smooth_step(-0.1, 0.6, gradient_noise(mix(seed_ + 3), x / 170, y / 170));
      Tuft tuft;
      tuft.place = {middle_.lat_rad + y / kMetresPerLat, middle_.lon_rad + x / metres_per_lon_, 0};
      if (uniform(own) > 0.02 + 0.3 * dense + 0.5 * relief(tuft.place).wadi) continue;
      const auto height_m = elevation_->surface_m(tuft.place.lat_rad, tuft.place.lon_rad);
      if (!height_m) continue;
      tuft.place.height_m = *height_m;
      const bool rock = uniform(mix(own + 3)) < 0.4;
      tuft.height_m = rock ? between(0.2, 0.6, mix(own + 4)) : between(0.4, 1.2, mix(own + 4));
      tuft.half_width_m = tuft.height_m * between(0.5, 1.1, mix(own + 5));
      tuft.counts = rock ? between(40, 130, mix(own + 6)) : between(-170, -20, mix(own + 6));
      tufts.push_back(tuft);
    }
  }
  return tufts;
}

}  // namespace marsad::simulate
