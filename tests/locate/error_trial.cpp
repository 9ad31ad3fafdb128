// SPDX-License-Identifier: Apache-2.0
#include "tests/locate/error_trial.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/distance2.h"
#include "geo/local_frame.h"
#include "terrain/ray.h"
#include "tests/support/locate_scene.h"

namespace marsad::test {
namespace {

constexpr double kSigma_px = 0.2;
// And a whole row: together 0.7 px, what a locator takes a foot's error to be.
constexpr double kFootNoise_px = 0.64;

class Draws {
 public:
  explicit Draws(unsigned seed) : random_(seed) {}
  double share() { return uniform_(random_); }
  double normal(double sigma) { return sigma * normal_(random_); }

 private:
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_{0, 1};
};

sensor::Pose true_pose(const sensor::Camera& told, double elevation_sigma_m, Draws& draws) {
  sensor::Pose truth = told.pose;
  truth.azimuth_rad += draws.normal(told.sigma.azimuth_rad);
  truth.elevation_rad += draws.normal(told.sigma.elevation_rad);
  truth.roll_rad += draws.normal(told.sigma.roll_rad);
  const double east = draws.normal(told.sigma.position_m);
  const double north = draws.normal(told.sigma.position_m);
  const double up = draws.normal(std::hypot(told.sigma.height_m, elevation_sigma_m));
  truth.position = geo::LocalFrame(told.pose.position).to_geodetic({east, north, up});
  return truth;
}

}  // namespace

ErrorTrial error_trial(const sensor::Camera& told,
                       const std::shared_ptr<const terrain::Elevation>& ground,
                       const locate::LocatorSettings& settings, double farthest_m, int movers,
                       unsigned seed) {
  Draws draws(seed);
  const locate::Locator locator(told, ground, settings);
  const geo::LocalFrame frame(told.pose.position);
  const double width = told.model.width_px, height = told.model.height_px;
  ErrorTrial trial;
  for (int i = 0; i < movers; ++i) {
    // Even over the area, a little beyond the frame's sides.
    const double range = farthest_m * std::sqrt(draws.share());
    const double azimuth =
        told.pose.azimuth_rad + (draws.share() - 0.5) * 1.2 * told.model.horizontal_fov_rad;
    geo::Geodetic mover =
        frame.to_geodetic({range * std::sin(azimuth), range * std::cos(azimuth), 0});
    const auto ground_m = ground->height_m(mover.lat_rad, mover.lon_rad);
    const sensor::Pose truth = true_pose(told, settings.elevation_sigma_m, draws);
    const double across_px = draws.normal(kSigma_px), down_px = draws.normal(kFootNoise_px);
    if (!ground_m) continue;
    mover.height_m = *ground_m;
    if (!line_of_sight(*ground, truth.position, mover)) continue;
    auto pixel = pixel_of(told.model, truth, mover);
    if (!pixel || pixel->v < 0 || pixel->v > height - 1 || pixel->u < 0 || pixel->u > width - 1) {
      continue;
    }
    pixel->u += across_px;
    pixel->v += down_px;
    const locate::Plot plot = locator.locate(frame_of(told, {standing_at(*pixel, kSigma_px)}))[0];
    if (!plot.place) {
      ++trial.bearing_only;
      continue;
    }
    const geo::Enu off = geo::LocalFrame(*plot.place).to_enu(mover);
    trial.placed.push_back({geo::norm(frame.to_enu(*plot.place)),
                            geo::distance2(off.east, off.north, plot.cov_m2 + plot.bias_cov_m2),
                            plot.kurtosis});
  }
  return trial;
}

Consistency consistency(const std::vector<PlacedError>& errors, double nearest_m, double farthest_m,
                        double most_kurtosis) {
  Consistency c;
  double sum = 0, below = 0, told = 0;
  for (const PlacedError& error : errors) {
    if (error.range_m < nearest_m || error.range_m >= farthest_m) continue;
    if (error.kurtosis > most_kurtosis) continue;
    ++c.count;
    sum += error.nees;
    told += error.kurtosis;
    if (error.nees < 5.991) ++below;
  }
  if (c.count == 0) return c;
  const auto count = static_cast<double>(c.count);
  c.mean = sum / count;
  c.below_5_99 = below / count;
  const double as_told = 1.96 * std::sqrt((told / count - 2 * 2) / count);
  c.told_low = 2 - as_told;
  c.told_high = 2 + as_told;
  // Chi squared of 2 n degrees of freedom over n, by Wilson and Hilferty.
  const double width = 2 / (9 * 2 * count);
  c.low = 2 * std::pow(1 - width - 1.96 * std::sqrt(width), 3);
  c.high = 2 * std::pow(1 - width + 1.96 * std::sqrt(width), 3);
  return c;
}

}  // namespace marsad::test
