// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "locate/least_squares.h"
#include "sensor/camera.h"

namespace marsad::locate {

// Covariance of azimuth, elevation and roll, in this order, rad².
using CovPointing = std::array<std::array<double, 3>, 3>;

// Which way a camera looks, as something known in its picture tells, and how well.
struct PointingFit {
  sensor::Pose pose;          // at the place the site says
  sensor::CameraModel model;  // with the focal length found, where it was asked for
  // Of pixels, of the known places, and of the camera's own place by its PoseSigma.
  CovPointing cov_rad2{};
  double focal_sigma_px = 0;          // 0 where the focal length was not asked for
  double residual_rms_px = 0;         // of what the fit rests on
  std::size_t used = 0;               // landmarks, or columns of the skyline
  std::vector<std::string> outliers;  // names of those that don't fit

  double azimuth_sigma_rad() const;
  double elevation_sigma_rad() const;
  double roll_sigma_rad() const;
};

// Whether a camera looks where the site says.
enum class Aim { fits, moved };

struct AimCheck {
  Aim aim = Aim::fits;
  // Found less told.
  double azimuth_rad = 0;
  double elevation_rad = 0;
  double roll_rad = 0;
  double turned_rad = 0;        // between the two boresights
  double turned_sigma_rad = 0;  // of the finding and of the site's word together, that way
  // The difference over its covariance, squared: with both told truly it has mean 3.
  double distance2 = 0;
};

// Compares what was found with what the site says of the camera, both with their errors: moved is
// what happens by chance once in a thousand times.
AimCheck compare(const sensor::Camera& told, const PointingFit& found);

// The pose whose camera axes (right, down, boresight) point these ways, each of length 1 and square
// to the others.
sensor::Pose pose_of(geo::Geodetic position, const std::array<geo::Enu, 3>& axes);

// What an error of the camera's own place, one sigma each of `sigma`, adds to a fit of azimuth,
// elevation and roll (its first three unknowns): `residuals` gives the residuals of the found
// unknowns for a place moved this far. Those errors are the same in all residuals, and none of them
// averages out [BarShalom01, consider parameters].
template <class Residuals>
CovPointing place_error(const LeastSquaresFit& fit, const sensor::PoseSigma& sigma,
                        const Residuals& residuals) {
  CovPointing cov{};
  const std::array<geo::Enu, 3> ways = {geo::Enu{sigma.position_m, 0, 0},
                                        geo::Enu{0, sigma.position_m, 0},
                                        geo::Enu{0, 0, sigma.height_m}};
  for (const geo::Enu way : ways) {
    std::vector<double> change = residuals(way);
    const std::vector<double> back = residuals(-1.0 * way);
    for (std::size_t i = 0; i < change.size(); ++i) change[i] = (change[i] - back[i]) / 2;
    const std::vector<double> moved = fit.answer(change);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) cov[i][j] += moved[i] * moved[j];
    }
  }
  return cov;
}

}  // namespace marsad::locate
