// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "video/image.h"

namespace marsad::locate {

// What the sky is, beside the ground: at night and by clear day colder; under warm low clouds over
// cold ground warmer.
enum class Sky { colder, warmer };

// An edge in one column of a picture, from sky above to ground below.
struct SkyEdge {
  double v_px = 0;
  double strength = 0;  // its step in sigmas of the picture's noise there
  // Of the place: small for a step, pixels where the sky pales towards the ground.
  double sigma_px = 1;
};

// Where each column may show the skyline: from the top down the first edges that noise does not
// explain, and the strongest of those below. Masts, clouds and ridges before others leave edges
// too: which one is the skyline only the ground's shape can tell.
//
// Edges are where the derivative of the picture, smoothed by a Gaussian, is largest [Canny1986],
// to parts of a pixel.
std::vector<std::vector<SkyEdge>> sky_edges(const video::Image<std::uint16_t>& counts, Sky sky);

}  // namespace marsad::locate
