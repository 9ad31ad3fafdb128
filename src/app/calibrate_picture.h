// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "locate/sightings.h"
#include "locate/skyline.h"
#include "mask/pixel_mask.h"
#include "video/encode.h"

namespace marsad::app {

// A picture as people see it, larger counts brighter; what the mask covers is grey.
video::Image<video::Rgb> shown(const video::Image<std::uint16_t>& counts,
                               const mask::PixelMask& hidden);

// Draws the ground's horizon as the found pointing puts it (green) and the edges taken for it
// (red).
void draw_skyline(video::Image<video::Rgb>& picture, const locate::SkylineFit& fit);

// Draws each sighting's pixels (red boxes) and where the found pointing shows its place (green
// crosses), with names.
void draw_sightings(video::Image<video::Rgb>& picture, std::span<const locate::Sighting> sightings,
                    const locate::PointingFit& fit, double refraction);

}  // namespace marsad::app
