// SPDX-License-Identifier: Apache-2.0
#include "plan/watch.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "coverage/coverage.h"
#include "geo/local_frame.h"
#include "sensor/thermal_target.h"

namespace marsad::plan {
namespace {

constexpr double kMostSure = 0.99;     // of one look
constexpr double kNegligible = 0.005;  // of one look: nobody need ask further out
constexpr double kNearest_m = 1, kFarthest_m = 40'000;

// The share of its time that a head has any one direction of its sweep in frame.
double share_in_frame(const Watcher& watcher) {
  const double fov_rad = watcher.camera.model.horizontal_fov_rad;
  const double swept_rad = std::min(watcher.sweep_rad + fov_rad, 2 * std::numbers::pi);
  return std::min(1.0, fov_rad / swept_rad);
}

// The camera turned towards a place as far as its head goes.
sensor::Camera turned_to(const Watcher& watcher, const geo::LocalFrame& frame,
                         const geo::Geodetic& place) {
  sensor::Camera camera = watcher.camera;
  const geo::Enu off = frame.to_enu(place);
  const double azimuth_rad = std::atan2(off.east, off.north);
  const double turn_rad =
      std::remainder(azimuth_rad - camera.pose.azimuth_rad, 2 * std::numbers::pi);
  const double most_rad = watcher.sweep_rad / 2;
  camera.pose.azimuth_rad += std::clamp(turn_rad, -most_rad, most_rad);
  return camera;
}

// The heights at which a balloon may hang, with their middle; a tower's is one.
std::vector<double> heights_of(const Watcher& watcher) {
  if (watcher.rise_m <= 0) return {0};
  return {-watcher.rise_m, 0, watcher.rise_m};
}

double look_probability(const sensor::Camera& camera, const Crosser& crosser, double range_m,
                        double contrast, const WatchSettings& settings) {
  return coverage::detection_probability_at(
      camera, range_m, crosser.mover,
      {.extinction_per_km = settings.extinction_per_km, .contrast = contrast * settings.contrast});
}

// How far away anything could still be found.
double reach_m(const sensor::Camera& camera, const WatchSettings& settings) {
  const double contrast = kContrastLevels.back().factor;
  double near_m = 0, far_m = kFarthest_m;
  while (far_m - near_m > 10) {
    const double middle_m = (near_m + far_m) / 2;
    const bool any = std::any_of(kCrossers.begin(), kCrossers.end(), [&](const Crosser& crosser) {
      return look_probability(camera, crosser, middle_m, contrast, settings) > kNegligible;
    });
    (any ? near_m : far_m) = middle_m;
  }
  return far_m;
}

}  // namespace

Watch::Watch(const Belt& belt, const terrain::Elevation& elevation, const Watcher& watcher,
             const WatchSettings& settings)
    : watcher_(watcher), settings_(settings) {
  find_rates();
  const double far_m = bin_m_ * kBins;
  const std::vector<double> heights_m = heights_of(watcher);
  const geo::LocalFrame frame(watcher.camera.pose.position);
  for (std::size_t index = 0; index < belt.cells(); ++index) {
    const auto& middle = belt.cell(index);
    if (!middle) continue;
    const double range_m = geo::norm(frame.to_enu(*middle));
    if (range_m >= far_m) continue;
    Cell cell{static_cast<std::uint32_t>(index), static_cast<float>(range_m), {}};
    for (const double height_m : heights_m) {
      sensor::Camera camera = turned_to(watcher, frame, *middle);
      camera.pose.position.height_m += height_m;
      for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
        geo::Geodetic place = *middle;
        place.height_m += kCrossers[kind].above_ground_m;
        const sensor::ThermalTarget target = sensor::usual_target(kCrossers[kind].mover);
        if (coverage::sight_range_m(camera, elevation, place, target)) ++cell.in_sight[kind];
      }
    }
    if (cell.in_sight != decltype(cell.in_sight){}) cells_.push_back(cell);
  }
}

void Watch::find_rates() {
  const double heights = static_cast<double>(heights_of(watcher_).size());
  share_ = share_in_frame(watcher_) / heights;
  bin_m_ = reach_m(watcher_.camera, settings_) / kBins;
  for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
    for (std::size_t level = 0; level < kLevels; ++level) {
      for (std::size_t bin = 0; bin <= kBins; ++bin) {
        const double p = look_probability(watcher_.camera, kCrossers[kind],
                                          std::max(kNearest_m, static_cast<double>(bin) * bin_m_),
                                          kContrastLevels[level].factor, settings_);
        rate_ps_[kind][level][bin] =
            static_cast<float>(-share_ * std::log1p(-std::min(p, kMostSure)) / settings_.look_s);
      }
    }
  }
}

void Watch::set_air(double extinction_per_km) {
  settings_.extinction_per_km = extinction_per_km;
  find_rates();
}

double Watch::rate_ps(const Cell& cell, std::size_t kind, std::size_t level) const {
  if (cell.in_sight[kind] == 0) return 0;
  const double at = double{cell.range_m} / bin_m_;
  if (at >= kBins) return 0;
  const auto bin = static_cast<std::size_t>(at);
  const auto& table = rate_ps_[kind][level];
  const double fraction = at - static_cast<double>(bin);
  return cell.in_sight[kind] *
         ((1 - fraction) * double{table[bin]} + fraction * double{table[bin + 1]});
}

double Watch::watched_share(const Cell& cell, std::size_t kind) const {
  constexpr std::size_t kUsual = 1;
  const double share = share_ * cell.in_sight[kind];
  const bool by_half = rate_ps(cell, kind, kUsual) * settings_.look_s >= share * std::numbers::ln2;
  return by_half ? share : 0;
}

Chances chances(const Belt& belt, const Watch& watch) {
  return by_column<Chances>(
      belt, watch, [&](auto& sums, const Watch::Cell& cell, std::size_t kind, double time_s) {
        for (std::size_t level = 0; level < kLevels; ++level) {
          sums[level] += static_cast<float>(time_s * watch.rate_ps(cell, kind, level));
        }
      });
}

}  // namespace marsad::plan
