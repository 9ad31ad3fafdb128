// SPDX-License-Identifier: Apache-2.0
#include "coverage/coverage.h"

#include <cmath>

#include "geo/local_frame.h"
#include "sensor/thermal_range.h"
#include "terrain/ray.h"

namespace marsad::coverage {
namespace {

using sensor::MoverClass;

bool in_frame(const sensor::CameraModel& model, sensor::Pixel pixel) {
  return pixel.u >= -0.5 && pixel.v >= -0.5 && pixel.u <= model.width_px - 0.5 &&
         pixel.v <= model.height_px - 0.5;
}

geo::Geodetic raised(geo::Geodetic place, double by_m) {
  place.height_m += by_m;
  return place;
}

}  // namespace

std::optional<double> sight_range_m(const sensor::Camera& camera,
                                    const terrain::Elevation& elevation, geo::Geodetic place,
                                    const sensor::ThermalTarget& target) {
  // What flies is where it is said to be; what stands is above it.
  const double top_m = target.flies ? 0 : target.height_m;
  if (!target.flies) {
    place.height_m = elevation.surface_m(place.lat_rad, place.lon_rad).value_or(place.height_m);
  }
  const geo::Geodetic middle = raised(place, top_m / 2);
  const geo::Geodetic eye = camera.pose.position;
  if (middle == eye) return std::nullopt;
  const geo::Enu direction = terrain::direction_to(eye, middle);
  const auto pixel = camera.model.project(camera_from_enu(camera.pose, direction));
  if (!pixel || !in_frame(camera.model, *pixel)) return std::nullopt;
  if (!line_of_sight(elevation, eye, raised(place, top_m))) return std::nullopt;
  return geo::norm(geo::LocalFrame(eye).to_enu(middle));
}

sensor::ThermalTarget target_of(MoverClass mover, const Conditions& conditions) {
  sensor::ThermalTarget target = sensor::usual_target(mover);
  target.contrast_K *= conditions.contrast;
  return target;
}

double detection_probability_at(const sensor::Camera& camera, double range_m, MoverClass mover,
                                const Conditions& conditions) {
  return sensor::machine_detects(sensor::thermal_camera(camera), target_of(mover, conditions),
                                 range_m, conditions.extinction_per_km);
}

double detection_margin_at(const sensor::Camera& camera, double range_m, MoverClass mover,
                           const Conditions& conditions) {
  return sensor::detection_margin(sensor::thermal_camera(camera), target_of(mover, conditions),
                                  range_m, conditions.extinction_per_km);
}

double detection_range_m(const sensor::Camera& camera, MoverClass mover, double probability,
                         const Conditions& conditions) {
  constexpr double kFarthest_m = 100'000, kPrecision_m = 0.1;
  double found_m = 0, missed_m = kFarthest_m;
  while (missed_m - found_m > kPrecision_m) {
    const double middle_m = (found_m + missed_m) / 2;
    const bool found = detection_probability_at(camera, middle_m, mover, conditions) > probability;
    (found ? found_m : missed_m) = middle_m;
  }
  return found_m;
}

double half_detection_range_m(const sensor::Camera& camera, MoverClass mover,
                              const Conditions& conditions) {
  return detection_range_m(camera, mover, 0.5, conditions);
}

double contrast_there(const sensor::Camera& camera, const geo::Geodetic& place,
                      const sensor::ThermalTarget& target) {
  const bool before_sky = !target.flies || place.height_m >= camera.pose.position.height_m;
  return before_sky ? 1 : sensor::kBeforeGround;
}

double contrast_left(const sensor::Camera& camera, double px_per_s) {
  // Measured at 10 frames/s (reliability_bench). At other rates taken to go with the root, as it
  // did at 25 for a detector that learnt faster.
  constexpr double kLearnt_px_per_s = 1;
  const double slow_px_per_s = kLearnt_px_per_s * std::sqrt(camera.optics.frames_per_s / 10);
  return -std::expm1(-std::pow(px_per_s / slow_px_per_s, 3));
}

double detection_probability(const sensor::Camera& camera, const terrain::Elevation& elevation,
                             geo::Geodetic place, MoverClass mover, const Conditions& conditions) {
  const sensor::ThermalTarget target = sensor::usual_target(mover);
  const auto range_m = sight_range_m(camera, elevation, place, target);
  if (!range_m) return 0;
  Conditions there = conditions;
  there.contrast *= contrast_there(camera, place, target);
  return detection_probability_at(camera, *range_m, mover, there);
}

}  // namespace marsad::coverage
