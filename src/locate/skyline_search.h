// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "locate/horizon_curve.h"
#include "locate/sky_edges.h"
#include "sensor/camera.h"

namespace marsad::locate {

// A pointing worth a closer look.
struct SkylineGuess {
  sensor::Pose pose;
  double score = 0;  // columns that have an edge about where it puts the horizon
};

// Scores pointings up to `search_rad` off `around` in azimuth, elevation and roll, some pixels
// apart, and returns those that are better than all others within a tenth of the picture, at most
// `most`, the best first.
std::vector<SkylineGuess> search_skyline(const HorizonCurve& curve,
                                         const sensor::CameraModel& model,
                                         const sensor::Pose& around, double search_rad,
                                         const std::vector<std::vector<SkyEdge>>& edges,
                                         std::size_t most);

}  // namespace marsad::locate
