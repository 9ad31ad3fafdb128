// SPDX-License-Identifier: Apache-2.0
#include "app/calibrate_picture.h"

#include <cmath>

#include "terrain/ray.h"
#include "video/lettering.h"

namespace marsad::app {
namespace {

constexpr video::Rgb kFound{80, 230, 120};
constexpr video::Rgb kSeen{255, 90, 80};
constexpr std::uint8_t kHidden = 90;

void dot(video::Image<video::Rgb>& picture, double u, double v, video::Rgb colour) {
  video::fill(picture, static_cast<int>(std::lround(u)), static_cast<int>(std::lround(v)), 1, 1,
              colour);
}

}  // namespace

video::Image<video::Rgb> shown(const video::Image<std::uint16_t>& counts,
                               const mask::PixelMask& hidden) {
  const auto grey = video::to_8_bit(counts);
  video::Image<video::Rgb> picture(grey.width(), grey.height());
  for (int y = 0; y < grey.height(); ++y) {
    for (int x = 0; x < grey.width(); ++x) {
      const bool covered = mask::covers(hidden, {static_cast<double>(x), static_cast<double>(y)});
      const std::uint8_t level = covered ? kHidden : grey.at(x, y);
      picture.at(x, y) = {level, level, level};
    }
  }
  return picture;
}

void draw_skyline(video::Image<video::Rgb>& picture, const locate::SkylineFit& fit) {
  for (std::size_t x = 0; x < fit.horizon_v_px.size(); ++x) {
    const auto u = static_cast<double>(x);
    if (fit.horizon_v_px[x]) dot(picture, u, *fit.horizon_v_px[x], kFound);
    if (fit.edge_v_px[x]) dot(picture, u, *fit.edge_v_px[x], kSeen);
  }
}

void draw_sightings(video::Image<video::Rgb>& picture, std::span<const locate::Sighting> sightings,
                    const locate::PointingFit& fit, double refraction) {
  constexpr int kHalf_px = 4;
  for (const locate::Sighting& one : sightings) {
    for (const sensor::Pixel pixel : one.pixels) {
      video::outline(picture, static_cast<int>(std::lround(pixel.u)) - kHalf_px,
                     static_cast<int>(std::lround(pixel.v)) - kHalf_px, 2 * kHalf_px + 1,
                     2 * kHalf_px + 1, kSeen);
    }
    const auto there = fit.model.project(sensor::camera_from_enu(
        fit.pose, terrain::direction_to(fit.pose.position, one.place, refraction)));
    if (!there || std::abs(there->u) > 1e5 || std::abs(there->v) > 1e5) continue;
    const int x = static_cast<int>(std::lround(there->u));
    const int y = static_cast<int>(std::lround(there->v));
    video::fill(picture, x - kHalf_px, y, 2 * kHalf_px + 1, 1, kFound);
    video::fill(picture, x, y - kHalf_px, 1, 2 * kHalf_px + 1, kFound);
    video::write_text(picture, x + kHalf_px + 2, y + 2, one.name, kFound);
  }
}

}  // namespace marsad::app
