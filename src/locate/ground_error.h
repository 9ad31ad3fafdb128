// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "geo/geodetic.h"
#include "locate/locator.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"

namespace marsad::locate {

// All that decides where a pixel lies on the ground.
struct Sight {
  sensor::CameraModel model;
  sensor::Pose pose;
  sensor::Pixel pixel;
};

// A place on the ground, and how far errors may have moved it.
struct OnGround {
  geo::Geodetic place;
  double range_m = 0;
  geo::CovEn cov_m2;                    // pixel error
  geo::CovEn bias_cov_m2;               // pointing, position and elevation error
  double kurtosis = kGaussianKurtosis;  // of both errors together, as in Plot
};

// Where a pixel lies on the ground; none where that can't be told.
std::optional<OnGround> on_ground(const Sight& sight, sensor::CovPixel cov_px2,
                                  const sensor::PoseSigma& sigma,
                                  const terrain::Elevation& elevation,
                                  const LocatorSettings& settings);

}  // namespace marsad::locate
