// SPDX-License-Identifier: Apache-2.0
#include "track/bearing.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include "terrain/ray.h"

namespace marsad::track {
namespace {

// A line of sight is seen as a line in the plane from here on.
constexpr double kLeastRange_m = 1;

// Whatever a sensor says, it does not know its bearings better; and nothing better than this.
constexpr double kLeastSigma_rad = 1e-5;
constexpr double kLeastAcross_m = 0.01;

// The ground's height where a track is, and what of the mover stands above it.
constexpr double kHeightSigma_m = 15;

auto order_of(const Bearing& b) {
  return std::tie(b.along_e, b.along_n, b.sigma_rad, b.bias_sigma_rad, b.elevation_rad, b.from_e_m,
                  b.from_n_m, b.cause.frame, b.cause.index);
}

Bearing in_plane(const locate::Plot& plot, const geo::LocalFrame& frame) {
  // Directions turn within a large plane, so north is taken where the sensor stands.
  constexpr double kAhead_m = 1000;
  const geo::Enu from = frame.to_enu(*plot.from);
  const geo::Enu ahead = frame.to_enu(geo::LocalFrame(*plot.from)
                                          .to_geodetic({kAhead_m * std::sin(plot.bearing_rad),
                                                        kAhead_m * std::cos(plot.bearing_rad), 0}));
  const double e = ahead.east - from.east, n = ahead.north - from.north;
  const double length = std::hypot(e, n);
  const double sigma = plot.bearing_sigma_rad, bias = plot.bearing_bias_sigma_rad;
  Bearing seen;
  seen.from_e_m = from.east;
  seen.from_n_m = from.north;
  seen.from_height_m = plot.from->height_m;
  seen.along_e = e / length;
  seen.along_n = n / length;
  seen.sigma_rad = std::max(kLeastSigma_rad, std::sqrt(std::max(0.0, sigma * sigma - bias * bias)));
  seen.bias_sigma_rad = bias;
  seen.elevation_rad = plot.elevation_rad;
  std::transform(plot.classes.begin(), plot.classes.end(), seen.classes.begin(),
                 [](double probability) { return static_cast<float>(probability); });
  seen.cause = plot.cause;
  return seen;
}

double half_width_m(const Bearing& seen, double range_m, double sigmas) {
  return sigmas * std::hypot(seen.sigma_rad, seen.bias_sigma_rad) *
         std::max(kLeastRange_m, range_m);
}

}  // namespace

std::vector<Bearing> bearings_of(const std::vector<locate::Plot>& plots,
                                 const geo::LocalFrame& frame, RefusedCounts& refused) {
  std::vector<Bearing> bearings;
  for (const locate::Plot& plot : plots) {
    if (plot.place) continue;
    if (const std::optional<Refusal> wrong = wrong_with(plot)) {
      ++refused[*wrong];
      continue;
    }
    const Bearing seen = in_plane(plot, frame);
    if (!in_reach_of_plane(seen.from_e_m, seen.from_n_m)) {
      ++refused[Refusal::absurd_place];
      continue;
    }
    bearings.push_back(seen);
  }
  std::sort(bearings.begin(), bearings.end(),
            [](const Bearing& a, const Bearing& b) { return order_of(a) < order_of(b); });
  const auto repeated =
      std::unique(bearings.begin(), bearings.end(),
                  [](const Bearing& a, const Bearing& b) { return order_of(a) == order_of(b); });
  refused[Refusal::repeated_plot] += std::uint64_t(bearings.end() - repeated);
  bearings.erase(repeated, bearings.end());
  return bearings;
}

Sightline line_at(const Bearing& seen, double range_m) {
  const double across_m =
      std::max(kLeastAcross_m, std::max(kLeastRange_m, range_m) * seen.sigma_rad);
  return {seen.from_e_m, seen.from_n_m, seen.along_n, -seen.along_e, across_m * across_m};
}

geo::CovEn bias_cov_m2(const Bearing& seen, double range_m) {
  const double across_m = std::max(kLeastRange_m, range_m) * seen.bias_sigma_rad;
  const double across2 = across_m * across_m;
  const double e = seen.along_n, n = -seen.along_e;
  return {across2 * e * e, across2 * e * n, across2 * n * n};
}

void boxes_along(const Bearing& seen, double sigmas, std::vector<Box>& boxes) {
  constexpr double kPiece_m = 1000;
  boxes.clear();
  for (double from_m = 0; from_m < kMostBearingRange_m; from_m += kPiece_m) {
    const double middle_m = from_m + kPiece_m / 2;
    const double half_m = half_width_m(seen, from_m + kPiece_m, sigmas);
    boxes.push_back(Box::around(seen.from_e_m + middle_m * seen.along_e,
                                seen.from_n_m + middle_m * seen.along_n,
                                std::abs(seen.along_e) * kPiece_m / 2 + half_m,
                                std::abs(seen.along_n) * kPiece_m / 2 + half_m));
  }
}

bool may_cross(const Bearing& seen, const Box& box, double sigmas) {
  const double e = (box.west + box.east) / 2, n = (box.south + box.north) / 2;
  const double half_e = (box.east - box.west) / 2, half_n = (box.north - box.south) / 2;
  const double along = std::abs(seen.along_e) * half_e + std::abs(seen.along_n) * half_n;
  const double across = std::abs(seen.along_n) * half_e + std::abs(seen.along_e) * half_n;
  const double range_m = seen.range_m(e, n);
  if (range_m + along <= 0 || range_m - along > kMostBearingRange_m) return false;
  const double off_m =
      std::abs(seen.along_n * (e - seen.from_e_m) - seen.along_e * (n - seen.from_n_m));
  return off_m <= across + half_width_m(seen, range_m + along, sigmas);
}

bool fits_elevation(const Bearing& seen, double range_m, double height_m, double sigmas) {
  const double range = std::max(kLeastRange_m, range_m);
  const double drop_m = (1 - terrain::kRefraction) * range * range / (2 * terrain::kEarthRadius_m);
  const double expected_rad = std::atan2(height_m - drop_m - seen.from_height_m, range);
  // A camera's tilt is known about as well as its azimuth.
  const double sigma_rad = std::hypot(seen.sigma_rad, seen.bias_sigma_rad, kHeightSigma_m / range);
  return std::abs(seen.elevation_rad - expected_rad) <= sigmas * sigma_rad;
}

}  // namespace marsad::track
