// SPDX-License-Identifier: Apache-2.0
#include "coverage/coverage.h"

#include <array>
#include <cmath>

#include "geo/local_frame.h"
#include "terrain/ray.h"

namespace marsad::coverage {
namespace {

using sensor::MoverClass;

// A class as a camera meets it. The critical dimension is the root of the area it shows: 0.75 m is
// usual for a person, 2.3 m for a vehicle [STANAG4347]; an animal is a sheep or a dog, an aircraft
// a small drone. What is unknown may be a person.
struct Stature {
  double height_m = 0;
  double critical_m = 0;
  bool flies = false;
};

constexpr std::array<Stature, sensor::kMoverClasses> kStatures = {{
    {1.7, 0.75, false},  // person
    {2.0, 2.3, false},   // vehicle
    {1.0, 0.6, false},   // animal
    {0, 0.5, true},      // aircraft
    {0, 0.3, true},      // bird
    {1.7, 0.75, false},  // unknown
}};

Stature stature(MoverClass mover) { return kStatures[static_cast<std::size_t>(mover)]; }

// Cycles across the critical dimension at which half the looks detect: one on a line [Johnson1958],
// 0.75 on the root of an area [Holst2008].
constexpr double kCyclesForHalf = 0.75;

// A cycle takes two pixels.
double cycles(const sensor::CameraModel& model, double range_m, MoverClass mover) {
  return stature(mover).critical_m * model.focal_px() / (2 * range_m);
}

bool in_frame(const sensor::CameraModel& model, sensor::Pixel pixel) {
  return pixel.u >= -0.5 && pixel.v >= -0.5 && pixel.u <= model.width_px - 0.5 &&
         pixel.v <= model.height_px - 0.5;
}

geo::Geodetic raised(geo::Geodetic place, double by_m) {
  place.height_m += by_m;
  return place;
}

}  // namespace

double detection_probability_at(const sensor::CameraModel& model, double range_m,
                                MoverClass mover) {
  // The target transfer probability function [Ratches1976, Holst2008].
  const double ratio = cycles(model, range_m, mover) / kCyclesForHalf;
  // There it is 1 to nine digits, and the power overflows further on.
  if (ratio > 10) return 1;
  const double power = std::pow(ratio, 2.7 + 0.7 * ratio);
  return power / (1 + power);
}

double half_detection_range_m(const sensor::CameraModel& model, MoverClass mover) {
  return cycles(model, 1, mover) / kCyclesForHalf;
}

double detection_probability(const sensor::Camera& camera, const terrain::Elevation& elevation,
                             geo::Geodetic place, MoverClass mover) {
  const double height_m = stature(mover).height_m;
  if (!stature(mover).flies) {
    place.height_m = elevation.surface_m(place.lat_rad, place.lon_rad).value_or(place.height_m);
  }
  const geo::Geodetic middle = raised(place, height_m / 2);
  if (middle == camera.pose.position) return 0;
  const geo::Enu direction = terrain::direction_to(camera.pose.position, middle);
  const auto pixel = camera.model.project(camera_from_enu(camera.pose, direction));
  if (!pixel || !in_frame(camera.model, *pixel)) return 0;
  if (!line_of_sight(elevation, camera.pose.position, raised(place, height_m))) return 0;
  const double range_m = geo::norm(geo::LocalFrame(camera.pose.position).to_enu(middle));
  return detection_probability_at(camera.model, range_m, mover);
}

}  // namespace marsad::coverage
