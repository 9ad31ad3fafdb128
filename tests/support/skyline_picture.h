// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "sensor/camera.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "video/image.h"

namespace marsad::test {

struct SkylinePaint {
  double sky = 3000;
  double ground = 3400;
  double noise = 12;
  double most = 16383;  // of the counts
  std::uint64_t seed = 1;
  double max_range_m = 30'000;
};

// A picture of nothing but sky and ground, told apart by rays: from each column's top to the first
// row whose ray meets the ground.
inline video::Image<std::uint16_t> skyline_picture(const sensor::CameraModel& model,
                                                   const sensor::Pose& pose,
                                                   const terrain::Elevation& ground,
                                                   const SkylinePaint& paint = {}) {
  video::Image<std::uint16_t> picture(model.width_px, model.height_px);
  std::mt19937_64 random(paint.seed);
  std::normal_distribution<double> normal;
  for (int x = 0; x < model.width_px; ++x) {
    const auto is_ground = [&](double v) {
      return ray_to_ground(ground, pose.position,
                           enu_from_camera(pose, model.ray({static_cast<double>(x), v})),
                           paint.max_range_m)
          .has_value();
    };
    double above = -0.5, below = model.height_px - 0.5;
    for (int i = 0; i < 18; ++i) {
      const double middle = (above + below) / 2;
      (is_ground(middle) ? below : above) = middle;
    }
    for (int y = 0; y < model.height_px; ++y) {
      const double share = std::clamp(y + 0.5 - below, 0.0, 1.0);
      const double counts =
          paint.sky + share * (paint.ground - paint.sky) + paint.noise * normal(random);
      picture.at(x, y) = static_cast<std::uint16_t>(std::clamp(counts, 0.0, paint.most));
    }
  }
  return picture;
}

}  // namespace marsad::test
