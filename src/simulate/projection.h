// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "geo/local_frame.h"
#include "sensor/camera.h"
#include "simulate/body.h"
#include "simulate/sight_profile.h"

namespace marsad::simulate {

// From places to the picture of one camera, refraction and hiding ground in it. The camera and the
// profile outlive it.
class Projection {
 public:
  Projection(const sensor::Camera& camera, const SightProfile& profile);

  // How something that stands here appears; none where it is behind the camera or farther than
  // `margin_px` out of the frame.
  std::optional<Stance> stance(geo::Geodetic foot, double margin_px) const;

 private:
  std::optional<sensor::Pixel> pixel(geo::Enu from_camera) const;

  const sensor::Camera& camera_;
  const SightProfile& profile_;
  geo::LocalFrame frame_;
};

}  // namespace marsad::simulate
