// SPDX-License-Identifier: Apache-2.0
#include "locate/locator.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "geo/local_frame.h"
#include "locate/ground_error.h"
#include "locate/size.h"

namespace marsad::locate {
namespace {

using sensor::MoverClass;

// Detectors may claim less than their pixels can tell; a plot must not be sharper than this.
constexpr double kLeastSigma_px = 0.1;

double probability(const sensor::ClassProbabilities& classes, MoverClass mover) {
  return classes[static_cast<std::size_t>(mover)];
}

double flying(const sensor::ClassProbabilities& classes) {
  return probability(classes, MoverClass::aircraft) + probability(classes, MoverClass::bird);
}

sensor::Pixel foot(const detect::Detection& detection) {
  return {detection.centroid.u, detection.box.y + detection.box.height - 0.5};
}

sensor::CovPixel foot_cov_px2(const detect::Detection& detection, const LocatorSettings& settings) {
  const sensor::CovPixel& cov = detection.cov_px2;
  const double across_px = std::max(kLeastSigma_px, settings.size_sigma * detection.box.width);
  const double down_px =
      std::max(settings.foot_sigma_px, settings.size_sigma * detection.box.height);
  return {std::max(cov.uu, across_px * across_px), cov.uv, std::max(cov.vv, down_px * down_px)};
}

// The parts of the bearing's error: what is fresh in each plot, and what stays.
struct BearingSigma {
  double fresh_rad;
  double bias_rad;
};

BearingSigma bearing_sigma(const sensor::Camera& camera, sensor::Pixel pixel,
                           sensor::CovPixel cov_px2, double elevation_rad, double range_m) {
  const double focal = camera.model.focal_px();
  const double off_middle_px = pixel.v - camera.model.axis_px().v;
  const double flat = focal * std::cos(elevation_rad);
  const double pointing_rad =
      std::hypot(camera.sigma.azimuth_rad, camera.sigma.roll_rad * off_middle_px / flat);
  return {std::sqrt(cov_px2.uu) / flat,
          std::hypot(pointing_rad, camera.sigma.position_m / std::max(1.0, range_m))};
}

// The same of the elevation of what is seen at its middle, far off.
BearingSigma elevation_sigma(const sensor::Camera& camera, const detect::Detection& detection,
                             double size_sigma) {
  const double focal = camera.model.focal_px();
  const double off_middle_px = detection.centroid.u - camera.model.axis_px().u;
  const double fresh_px = std::max(
      {kLeastSigma_px, std::sqrt(detection.cov_px2.vv), size_sigma * detection.box.height});
  const double pointing_rad =
      std::hypot(camera.sigma.elevation_rad, camera.sigma.roll_rad * off_middle_px / focal);
  return {fresh_px / focal, std::hypot(pointing_rad, camera.sigma.height_m / kBearingRange_m)};
}

}  // namespace

Locator::Locator(sensor::Camera camera, std::shared_ptr<const terrain::Elevation> elevation,
                 LocatorSettings settings)
    : camera_(std::move(camera)), elevation_(std::move(elevation)), settings_(settings) {
  CHECK(elevation_ != nullptr);
  CHECK(settings_.max_range_m > 0 && settings_.elevation_sigma_m >= 0);
}

std::vector<Plot> Locator::locate(const detect::FrameDetections& frame) const {
  std::vector<Plot> plots;
  plots.reserve(frame.detections.size());
  for (const detect::Detection& detection : frame.detections) {
    plots.push_back(locate(frame, detection));
  }
  return plots;
}

Plot Locator::locate(const detect::FrameDetections& frame,
                     const detect::Detection& detection) const {
  Plot plot;
  plot.sensor = frame.camera;
  plot.time = frame.time;
  plot.cause = {frame.frame, detection.index};
  plot.classes = detection.classes;
  plot.snr = detection.snr;

  const sensor::CovPixel cov_px2 = foot_cov_px2(detection, settings_);
  std::optional<OnGround> ground = on_ground({camera_.model, frame.pose, foot(detection)}, cov_px2,
                                             camera_.sigma, *elevation_, settings_);
  if (ground) {
    plot.classes =
        weigh_by_size(detection.classes, detection.box, ground->range_m / camera_.model.focal_px());
    // To the detector and by its size: a person on the ground must not be lost to a mistake.
    const bool flies =
        std::min(flying(detection.classes), flying(plot.classes)) > settings_.flying_above;
    if (flies) {
      ground.reset();
      plot.classes = detection.classes;
    }
  }
  const sensor::Pixel seen = ground ? foot(detection) : detection.centroid;
  const geo::Enu direction = enu_from_camera(frame.pose, camera_.model.ray(seen));
  plot.bearing_rad = std::atan2(direction.east, direction.north);
  if (plot.bearing_rad < 0) plot.bearing_rad += 2 * std::numbers::pi;
  plot.elevation_rad = std::asin(std::clamp(direction.up, -1.0, 1.0));
  const BearingSigma sigma = bearing_sigma(camera_, seen, cov_px2, plot.elevation_rad,
                                           ground ? ground->range_m : kBearingRange_m);
  plot.bearing_sigma_rad = std::hypot(sigma.fresh_rad, sigma.bias_rad);
  plot.bearing_bias_sigma_rad = sigma.bias_rad;
  plot.from = frame.pose.position;
  if (ground) {
    plot.place = ground->place;
    plot.cov_m2 = ground->cov_m2;
    plot.bias_cov_m2 = ground->bias_cov_m2;
    plot.kurtosis = ground->kurtosis;
  } else {
    const BearingSigma tilt = elevation_sigma(camera_, detection, settings_.size_sigma);
    plot.elevation_sigma_rad = std::hypot(tilt.fresh_rad, tilt.bias_rad);
    plot.elevation_bias_sigma_rad = tilt.bias_rad;
  }
  return plot;
}

}  // namespace marsad::locate
