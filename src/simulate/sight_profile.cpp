// SPDX-License-Identifier: Apache-2.0
#include "simulate/sight_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "terrain/horizon.h"
#include "terrain/ray.h"

namespace marsad::simulate {
namespace {

constexpr double kReach_m = 20'000;

// Steps as fine as the picture needs nearby, and never so coarse that a crest falls between.
std::vector<double> steps_m(double spacing_m) {
  std::vector<double> ranges_m;
  const double coarsest_m = std::max(2.0, spacing_m / 3);
  for (double r = 1; r < kReach_m; r += std::clamp(0.005 * r, 0.5, coarsest_m)) {
    ranges_m.push_back(r);
  }
  return ranges_m;
}

}  // namespace

geo::Geodetic offset(geo::Geodetic from, double east_m, double north_m) {
  // Radii of curvature of WGS 84, and the second-order term of a meridian's convergence.
  constexpr double kE2 = 0.00669437999014;
  const double sine = std::sin(from.lat_rad), cosine = std::cos(from.lat_rad);
  const double w2 = 1 - kE2 * sine * sine;
  const double across_m = terrain::kEarthRadius_m / std::sqrt(w2);
  const double along_m = across_m * (1 - kE2) / w2;
  const double tangent = sine / cosine;
  const double lat = north_m / along_m - east_m * east_m * tangent / (2 * across_m * along_m);
  const double lon = east_m / (across_m * cosine) * (1 + north_m * tangent / across_m);
  return {from.lat_rad + lat, from.lon_rad + lon, from.height_m};
}

SightProfile::SightProfile(const terrain::Elevation& elevation, geo::Geodetic eye, double from_rad,
                           double span_rad, double step_rad)
    : from_rad_(from_rad),
      step_rad_(step_rad),
      azimuths_(1 + static_cast<std::size_t>(std::ceil(span_rad / step_rad))),
      ranges_m_(steps_m(elevation.spacing_m())) {
  constexpr double kDrop = (1 - terrain::kRefraction) / (2 * terrain::kEarthRadius_m);
  highest_.reserve(azimuths_ * ranges_m_.size());
  for (std::size_t i = 0; i < azimuths_; ++i) {
    const double azimuth = from_rad_ + step_rad_ * static_cast<double>(i);
    const double sine = std::sin(azimuth), cosine = std::cos(azimuth);
    double highest = -std::numeric_limits<double>::infinity();
    // Between two steps a crest may stand.
    const auto crests = terrain::crests(elevation, eye, azimuth, kReach_m);
    auto crest = crests.begin();
    for (const double r : ranges_m_) {
      for (; crest != crests.end() && crest->range_m <= r; ++crest)
        highest = std::max(highest, std::tan(crest->elevation_rad));
      const geo::Geodetic place = offset(eye, r * sine, r * cosine);
      if (const auto ground_m = elevation.surface_m(place.lat_rad, place.lon_rad)) {
        highest = std::max(highest, (*ground_m - kDrop * r * r - eye.height_m) / r);
      }
      highest_.push_back(static_cast<float>(highest));
    }
  }
}

const float* SightProfile::row(double azimuth_rad) const {
  constexpr double kTurn = 2 * std::numbers::pi;
  const double turned = azimuth_rad - from_rad_;
  const double off = turned - kTurn * std::floor(turned / kTurn + 1e-9);
  const auto nearest = static_cast<std::size_t>(std::max(0.0, off / step_rad_ + 0.5));
  return highest_.data() + std::min(nearest, azimuths_ - 1) * ranges_m_.size();
}

std::optional<double> SightProfile::range_m(double azimuth_rad, double slope) const {
  const float* const begin = row(azimuth_rad);
  const float* const end = begin + ranges_m_.size();
  const float* const hit = std::lower_bound(begin, end, static_cast<float>(slope));
  if (hit == end) return std::nullopt;
  const auto i = static_cast<std::size_t>(hit - begin);
  if (i == 0 || !std::isfinite(*(hit - 1))) return ranges_m_[i];
  const double fraction = (slope - *(hit - 1)) / (*hit - *(hit - 1));
  return ranges_m_[i - 1] + fraction * (ranges_m_[i] - ranges_m_[i - 1]);
}

double SightProfile::hidden_below(double azimuth_rad, double range_m) const {
  const auto next = std::lower_bound(ranges_m_.begin(), ranges_m_.end(), range_m);
  const auto nearer = static_cast<std::size_t>(next - ranges_m_.begin());
  if (nearer == 0) return -std::numeric_limits<double>::infinity();
  return row(azimuth_rad)[nearer - 1];
}

}  // namespace marsad::simulate
