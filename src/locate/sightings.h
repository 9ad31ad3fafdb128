// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "locate/pointing.h"
#include "terrain/ray.h"

namespace marsad::locate {

// A known place, and where the picture may show it: a landmark and the pixel somebody clicked, or
// an own vehicle at one time and all that was detected then.
struct Sighting {
  std::string name;
  geo::Geodetic place;
  geo::CovEn place_cov_m2;
  double height_sigma_m = 0;
  std::vector<sensor::Pixel> pixels;
  double sigma_px = 1;  // of a pixel, on each axis
};

struct SightingSettings {
  // How far the camera may look from where the site says.
  double most_turned_rad = std::numbers::pi;
  bool find_focal = false;
  double refraction = terrain::kRefraction;
};

// Which way the camera looks, from sightings that need not all be right, nor the site's word: every
// two of them give a pointing [Black1964, TRIAD], and that with which most others agree is refined
// by all that do, weighted. Where a sighting has several pixels, the one that fits is taken.
//
// Refused, with the reason: fewer than two sightings (four, for the focal length), or more than
// 3000 pixels in all; a pixel out of frame; places all in one direction, which leaves the roll
// open; no pointing with which more than half of them agree, and of three or more at least three;
// two pointings far apart with which about as many agree.
base::Result<PointingFit> pointing_from_sightings(const sensor::Camera& camera,
                                                  std::span<const Sighting> sightings,
                                                  const SightingSettings& settings = {});

}  // namespace marsad::locate
