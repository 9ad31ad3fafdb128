// SPDX-License-Identifier: Apache-2.0
#include "locate/ground_error.h"

#include <cmath>

#include "geo/local_frame.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

// A shift on the ground.
struct Shift {
  double east_m = 0;
  double north_m = 0;
};

geo::CovEn product(Shift a, Shift b) {
  return {a.east_m * b.east_m, (a.east_m * b.north_m + a.north_m * b.east_m) / 2,
          a.north_m * b.north_m};
}

geo::CovEn scaled(double factor, geo::CovEn cov) {
  return {factor * cov.ee, factor * cov.en, factor * cov.nn};
}

// Where sights near one sight meet the ground.
class Neighbourhood {
 public:
  Neighbourhood(const Sight& sight, const terrain::Elevation& elevation,
                const LocatorSettings& settings)
      : sight_(sight), elevation_(elevation), settings_(settings) {}

  std::optional<terrain::GroundHit> hit(const Sight& sight) const {
    return ray_to_ground(elevation_, sight.pose.position,
                         enu_from_camera(sight.pose, sight.model.ray(sight.pixel)),
                         settings_.max_range_m, settings_.refraction);
  }

  // What one sigma of an error moves the place, given how the error changes the sight.
  template <class Change>
  Shift shift(const geo::LocalFrame& frame, double sigma, Change change) const {
    if (sigma == 0) return {};
    const auto moved = [&](double by) {
      Sight sight = sight_;
      change(sight, by);
      const auto there = hit(sight);
      return there ? std::optional(frame.to_enu(there->place)) : std::nullopt;
    };
    const auto ahead = moved(sigma), behind = moved(-sigma);
    if (ahead && behind) {
      return {(ahead->east - behind->east) / 2, (ahead->north - behind->north) / 2};
    }
    if (ahead) return {ahead->east, ahead->north};
    if (behind) return {-behind->east, -behind->north};
    return {};
  }

 private:
  Sight sight_;
  const terrain::Elevation& elevation_;
  const LocatorSettings& settings_;
};

}  // namespace

std::optional<OnGround> on_ground(const Sight& sight, sensor::CovPixel cov_px2,
                                  const sensor::PoseSigma& sigma,
                                  const terrain::Elevation& elevation,
                                  const LocatorSettings& settings) {
  const Neighbourhood near(sight, elevation, settings);
  const auto hit = near.hit(sight);
  if (!hit) return std::nullopt;

  const double sigma_u_px = std::sqrt(cov_px2.uu), sigma_v_px = std::sqrt(cov_px2.vv);
  const double sigma_elevation_rad =
      std::hypot(sigma.elevation_rad, sigma_v_px / sight.model.focal_px());
  // On a plane through the hit, one sigma of elevation moves the place this far.
  const double reach_m = hit->range_m * sigma_elevation_rad / std::sin(hit->grazing_rad);
  if (hit->range_m + reach_m > settings.max_range_m) return std::nullopt;

  const geo::LocalFrame frame(hit->place);
  const Shift by_u = near.shift(frame, sigma_u_px, [](Sight& s, double d) { s.pixel.u += d; });
  const Shift by_v = near.shift(frame, sigma_v_px, [](Sight& s, double d) { s.pixel.v += d; });
  const Shift by_azimuth =
      near.shift(frame, sigma.azimuth_rad, [](Sight& s, double d) { s.pose.azimuth_rad += d; });
  const Shift by_elevation =
      near.shift(frame, sigma.elevation_rad, [](Sight& s, double d) { s.pose.elevation_rad += d; });
  const Shift by_roll =
      near.shift(frame, sigma.roll_rad, [](Sight& s, double d) { s.pose.roll_rad += d; });
  // The ground too high is the camera too low.
  const Shift by_height = near.shift(frame, std::hypot(sigma.height_m, settings.elevation_sigma_m),
                                     [](Sight& s, double d) { s.pose.position.height_m += d; });

  OnGround ground{hit->place, hit->range_m, {}, {}};
  const double correlation = cov_px2.uv / (sigma_u_px * sigma_v_px);
  ground.cov_m2 =
      product(by_u, by_u) + product(by_v, by_v) + scaled(2 * correlation, product(by_u, by_v));
  const double position_m2 = sigma.position_m * sigma.position_m;
  ground.bias_cov_m2 = geo::CovEn{position_m2, 0, position_m2} + product(by_azimuth, by_azimuth) +
                       product(by_elevation, by_elevation) + product(by_roll, by_roll) +
                       product(by_height, by_height);
  return ground;
}

}  // namespace marsad::locate
