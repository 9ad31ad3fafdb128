// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"
#include "locate/pointing.h"
#include "locate/sky_edges.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "video/image.h"

namespace marsad::locate {

struct SkylineSettings {
  // How far azimuth, elevation and roll may each be from what the site says.
  double search_rad = geo::radians(3);
  double max_range_m = 30'000;
  double elevation_sigma_m = 3;  // error of the elevation model, shared by the whole skyline
  double refraction = terrain::kRefraction;
  std::optional<Sky> sky = std::nullopt;  // none: whichever fits more of the picture
};

// A pointing found from the skyline, and what it rests on.
struct SkylineFit {
  PointingFit pointing;
  Sky sky = Sky::colder;
  double share = 0;  // of the columns in which the horizon lies, of those that show it there
  std::vector<std::optional<double>> horizon_v_px;  // of each column, where the ground's is
  std::vector<std::optional<double>> edge_v_px;     // and the picture's edge taken for it
};

// Which way a camera looks, from the edge between sky and ground in its picture and the ground's
// horizon as it stands on the elevation model: all pointings within the search are scored by how
// many columns have an edge where they put the horizon; the best are refined by weighted least
// squares over those columns. Neighbouring columns err alike, and so count less than one each.
//
// Where the skyline is flat, or fits as well elsewhere, the covariance says so: large in azimuth.
// Refused, with the reason: a picture of another size; no horizon or no edges to match; none of the
// pointings finds the horizon in most columns; the best is at the edge of the search.
base::Result<SkylineFit> pointing_from_skyline(const sensor::Camera& camera,
                                               const terrain::Elevation& elevation,
                                               const video::Image<std::uint16_t>& counts,
                                               const SkylineSettings& settings = {});

}  // namespace marsad::locate
