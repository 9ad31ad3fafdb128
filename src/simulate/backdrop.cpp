// SPDX-License-Identifier: Apache-2.0
#include "simulate/backdrop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "simulate/ground.h"
#include "simulate/painter.h"
#include "simulate/projection.h"

namespace marsad::simulate {
namespace {

// Lines of sight a pixel's column is sampled with, since at a grazing angle one pixel holds tens of
// metres of ground.
constexpr int kSamples = 4;
constexpr double kTuftReach_m = 2500;

// An azimuth within half a turn of the camera's own.
double beside(const sensor::Camera& camera, double azimuth_rad) {
  return std::remainder(azimuth_rad - camera.pose.azimuth_rad, 2 * std::numbers::pi);
}

// Whether the camera sees straight up or down, and so every azimuth.
bool sees_the_pole(const sensor::Camera& camera, int margin_px) {
  for (const double up : {1.0, -1.0}) {
    const auto pixel = camera.model.project(sensor::camera_from_enu(camera.pose, {0, 0, up}));
    if (pixel && pixel->u >= -margin_px && pixel->u < camera.model.width_px + margin_px &&
        pixel->v >= -margin_px && pixel->v < camera.model.height_px + margin_px) {
      return true;
    }
  }
  return false;
}

// Counts along one pixel column: the mean of the samples in each pixel.
class Column {
 public:
  Column(const Ground& ground, const SightProfile& profile, const Air& air,
         const sensor::Camera& camera)
      : ground_(ground), profile_(profile), air_(air), camera_(camera) {}

  // Of the pixel whose middle is here; pixels are asked for from the top down.
  float counts(double u, double v) {
    double sum = 0;
    for (int i = 0; i < kSamples; ++i) {
      sum += sample({u, v - 0.5 + (i + 0.5) / kSamples});
    }
    return static_cast<float>(sum / kSamples);
  }

 private:
  double sample(sensor::Pixel pixel) {
    const Sight line = sight(camera_, pixel);
    const auto range_m = profile_.range_m(line.azimuth_rad, line.slope);
    if (!range_m) return air_.sky(line.slope);
    const double across_m = *range_m / camera_.model.focal_px();
    const double along_m = std::min(std::abs(last_range_m_ - *range_m), *range_m / 10);
    last_range_m_ = *range_m;
    const geo::Geodetic place = offset(camera_.pose.position, *range_m * std::sin(line.azimuth_rad),
                                       *range_m * std::cos(line.azimuth_rad));
    // Between a pixel's breadth and its far larger depth on the ground: keeps the fine grain that
    // real pictures show, where relief too small for the terrain breaks the depth up.
    const double patch_m = std::sqrt(across_m * std::max(across_m, along_m));
    return air_.seen(ground_.counts(place, patch_m),
                     *range_m * std::sqrt(1 + line.slope * line.slope), line.slope);
  }

  const Ground& ground_;
  const SightProfile& profile_;
  const Air& air_;
  const sensor::Camera& camera_;
  double last_range_m_ = 0;
};

void paint_tufts(video::Image<float>& picture, const Ground& ground, const sensor::Camera& camera,
                 const SightProfile& profile, const Air& air, int margin_px) {
  const Projection projection(camera, profile);
  for (const Tuft& tuft : ground.tufts(camera.pose.position, kTuftReach_m)) {
    const auto stance = projection.stance(tuft.place, margin_px);
    if (!stance) continue;
    const double counts = air.transmission(stance->range_m) * tuft.counts;
    const auto part = [&](double low, double high, double breadth) -> Patch {
      const double reach = breadth * tuft.half_width_m * stance->px_per_m_across;
      const auto row = [&](double share) {
        return margin_px + std::min(stance->foot_v - share * tuft.height_m * stance->px_per_m_up,
                                    stance->hidden_below_v);
      };
      return {stance->foot_u - reach + margin_px,
              stance->foot_u + reach + margin_px,
              row(high),
              row(low),
              counts,
              true};
    };
    paint(picture, std::array{part(0, 0.6, 1), part(0.6, 1, 0.6)});
  }
}

}  // namespace

Sight sight(const sensor::Camera& camera, sensor::Pixel pixel) {
  const geo::Enu way = sensor::enu_from_camera(camera.pose, camera.model.ray(pixel));
  return {std::atan2(way.east, way.north), way.up / std::hypot(way.east, way.north)};
}

SightProfile look_around(const terrain::Elevation& elevation, const sensor::Camera& camera,
                         int margin_px) {
  const int width = camera.model.width_px, height = camera.model.height_px;
  const double step = 1 / camera.model.focal_px();
  if (sees_the_pole(camera, margin_px)) {
    return {elevation, camera.pose.position, 0, 2 * std::numbers::pi, step};
  }
  double left = 0, right = 0;
  const auto widen = [&](int x, int y) {
    const double off =
        beside(camera, sight(camera, {static_cast<double>(x), static_cast<double>(y)}).azimuth_rad);
    left = std::min(left, off);
    right = std::max(right, off);
  };
  for (int x = -margin_px - 1; x <= width + margin_px; ++x) {
    widen(x, -margin_px - 1);
    widen(x, height + margin_px);
  }
  for (int y = -margin_px - 1; y <= height + margin_px; ++y) {
    widen(-margin_px - 1, y);
    widen(width + margin_px, y);
  }
  return {elevation, camera.pose.position, camera.pose.azimuth_rad + left - step,
          right - left + 2 * step, step};
}

video::Image<float> draw_backdrop(const World& world, const sensor::Camera& camera,
                                  const SightProfile& profile, const Air& air, int margin_px) {
  const Ground ground(world);
  video::Image<float> picture(camera.model.width_px + 2 * margin_px,
                              camera.model.height_px + 2 * margin_px);
  for (int x = 0; x < picture.width(); ++x) {
    Column column(ground, profile, air, camera);
    for (int y = 0; y < picture.height(); ++y) {
      picture.at(x, y) = column.counts(x - margin_px, y - margin_px);
    }
  }
  blur(picture);
  paint_tufts(picture, ground, camera, profile, air, margin_px);
  return picture;
}

}  // namespace marsad::simulate
