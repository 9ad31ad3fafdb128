// SPDX-License-Identifier: Apache-2.0
#include "plan/watch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

#include "coverage/coverage.h"
#include "geo/local_frame.h"
#include "sensor/thermal_target.h"

namespace marsad::plan {
namespace {

constexpr double kMostSure = 0.99;    // of one look
constexpr double kNegligible = 1e-4;  // of one look: nobody need ask further out
constexpr double kShown = 0.5;        // of a crosser's height, by which it counts as in sight
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

// What a contrast of this night's is.
coverage::Conditions conditions_of(const WatchSettings& settings, double contrast) {
  return {settings.extinction_per_km, contrast * settings.contrast};
}

// How many chances a look gives, -log(1 - the probability of a track), by the margin of its plots:
// in a table, which is asked for millions of cells whenever the air changes.
class LookChances {
 public:
  LookChances() {
    for (std::size_t i = 0; i <= kSteps; ++i) {
      const double margin = kLeast + static_cast<double>(i) * kStep;
      const double plot = 0.5 * std::erfc(-margin / std::numbers::sqrt2);
      chances_[i] = -std::log1p(-std::min(track_probability(plot), kMostSure));
    }
  }

  double at(double margin) const {
    const double at = std::min((margin - kLeast) / kStep, static_cast<double>(kSteps));
    if (at <= 0) return 0;
    const auto step = std::min(static_cast<std::size_t>(at), kSteps - 1);
    const double beyond = at - static_cast<double>(step);
    return (1 - beyond) * chances_[step] + beyond * chances_[step + 1];
  }

 private:
  static constexpr double kLeast = -4, kStep = 1.0 / 64;
  static constexpr std::size_t kSteps = 512;
  std::array<double, kSteps + 1> chances_{};
};

// How far away anything could still be found.
double reach_m(const sensor::Camera& camera, const WatchSettings& settings) {
  const double contrast = kContrastLevels.back().factor;
  double near_m = 0, far_m = kFarthest_m;
  while (far_m - near_m > 10) {
    const double middle_m = (near_m + far_m) / 2;
    const bool any = std::any_of(kCrossers.begin(), kCrossers.end(), [&](const Crosser& crosser) {
      const double plot = coverage::detection_probability_at(camera, middle_m, crosser.mover,
                                                             conditions_of(settings, contrast));
      return track_probability(plot) > kNegligible;
    });
    (any ? near_m : far_m) = middle_m;
  }
  return far_m;
}

}  // namespace

double track_probability(double p) { return p * p * p * (10 - 15 * p + 6 * p * p); }

double picture_speed_px_per_s(const sensor::Camera& camera, const geo::Geodetic& place,
                              const geo::Enu& way, double speed_mps) {
  const geo::Enu off = geo::LocalFrame(camera.pose.position).to_enu(place);
  const double range_m = std::max(geo::norm(off), kNearest_m);
  const double along = (off.east * way.east + off.north * way.north) / range_m;
  return camera.model.focal_px() * speed_mps * std::sqrt(std::max(0.0, 1 - along * along)) /
         range_m;
}

Watch::Watch(const Belt& belt, const terrain::Elevation& elevation, const Watcher& watcher,
             const WatchSettings& settings)
    : watcher_(watcher), settings_(settings) {
  find_margins();
  const double far_m = bin_m_ * kBins;
  const std::vector<double> heights_m = heights_of(watcher);
  const geo::LocalFrame frame(watcher.camera.pose.position);
  for (std::size_t index = 0; index < belt.cells(); ++index) {
    const auto& middle = belt.cell(index);
    if (!middle) continue;
    const double range_m = geo::norm(frame.to_enu(*middle));
    if (range_m >= far_m) continue;
    Cell cell{static_cast<std::uint32_t>(index), static_cast<float>(range_m), {}};
    const geo::Enu& home = belt.toward_home(belt.column_of(index));
    for (const double height_m : heights_m) {
      sensor::Camera camera = turned_to(watcher, frame, *middle);
      camera.pose.position.height_m += height_m;
      for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
        geo::Geodetic place = *middle;
        place.height_m += kCrossers[kind].above_ground_m;
        sensor::ThermalTarget target = sensor::usual_target(kCrossers[kind].mover);
        target.height_m *= kShown;
        if (!coverage::sight_range_m(camera, elevation, place, target)) continue;
        ++cell.in_sight[kind];
        const double left =
            coverage::contrast_there(camera, place, target) *
            coverage::contrast_left(
                camera, picture_speed_px_per_s(camera, place, home, kCrossers[kind].speed_mps));
        cell.contrast_left[kind] = std::max(cell.contrast_left[kind], static_cast<float>(left));
      }
    }
    if (cell.in_sight != decltype(cell.in_sight){}) cells_.push_back(cell);
  }
}

void Watch::find_margins() {
  share_ = share_in_frame(watcher_) / static_cast<double>(heights_of(watcher_).size());
  bin_m_ = reach_m(watcher_.camera, settings_) / kBins;
  for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
    for (std::size_t bin = 0; bin <= kBins; ++bin) {
      const double range_m = std::max(kNearest_m, static_cast<double>(bin) * bin_m_);
      const auto margin = [&](double contrast) {
        return coverage::detection_margin_at(watcher_.camera, range_m, kCrossers[kind].mover,
                                             conditions_of(settings_, contrast));
      };
      const double none = margin(0);
      margins_[kind][bin] = {static_cast<float>(none), static_cast<float>(margin(1) - none)};
    }
  }
}

void Watch::set_air(double extinction_per_km) {
  settings_.extinction_per_km = extinction_per_km;
  find_margins();
}

double Watch::rate_ps(const Cell& cell, std::size_t kind, std::size_t level) const {
  static const LookChances chances_of_look;
  const double at = double{cell.range_m} / bin_m_;
  if (cell.in_sight[kind] == 0 || at >= kBins) return 0;
  const auto bin = static_cast<std::size_t>(at);
  const double beyond = at - static_cast<double>(bin);
  const Margin &near = margins_[kind][bin], &far = margins_[kind][bin + 1];
  const double none = (1 - beyond) * double{near.of_none} + beyond * double{far.of_none};
  const double usual = (1 - beyond) * double{near.of_usual} + beyond * double{far.of_usual};
  const double contrast = double{cell.contrast_left[kind]} * kContrastLevels[level].factor;
  return cell.in_sight[kind] * share_ * chances_of_look.at(none + contrast * usual) /
         settings_.look_s;
}

double Watch::watched_share(const Cell& cell, std::size_t kind) const {
  const double share = share_ * cell.in_sight[kind];
  const bool by_half =
      rate_ps(cell, kind, kUsualLevel) * settings_.look_s >= share * std::numbers::ln2;
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
