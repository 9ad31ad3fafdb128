// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sensor/camera.h"
#include "simulate/air.h"
#include "simulate/scenario.h"
#include "simulate/sight_profile.h"
#include "video/image.h"

namespace marsad::simulate {

// A direction as seen from a camera's place.
struct Sight {
  double azimuth_rad = 0;  // clockwise from north
  double slope = 0;        // tangent of the elevation angle
};
Sight sight(const sensor::Camera& camera, sensor::Pixel pixel);

// The ground as one camera sees it, for the whole picture and a margin around it.
SightProfile look_around(const terrain::Elevation& elevation, const sensor::Camera& camera,
                         int margin_px);

// Counts of all that does not move: ground, small rocks and bushes, horizon and sky, blurred as the
// optics do. The ground's pattern belongs to its place, so all cameras see the same one. The
// picture is larger than the camera's by `margin_px` on each side.
video::Image<float> draw_backdrop(const World& world, const sensor::Camera& camera,
                                  const SightProfile& profile, const Air& air, int margin_px);

}  // namespace marsad::simulate
