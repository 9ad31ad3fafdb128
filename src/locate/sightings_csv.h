// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/result.h"
#include "locate/sightings.h"
#include "terrain/elevation.h"

namespace marsad::locate {

// Tables of what is known to be in a picture: degrees on WGS 84, metres above mean sea level,
// pixels from the centre of the top left one. Without a column `height`, or where it is empty, a
// place is on the ground. Optional columns: sigma_px (of the pixel, default 1), sigma_m and
// sigma_height_m (of the place, east and north each, and of its height; landmarks 0.5, vehicles 3).

// Landmarks: name,lat,lon,u,v, a row each.
base::Result<std::vector<Sighting>> read_landmarks(std::istream& in, const std::string& file,
                                                   const terrain::Elevation& ground);

// An own vehicle's ways: t,lat,lon,u,v, where rows that follow each other with the same t are one
// fix and all that was detected at that time, not known which of it the vehicle is.
base::Result<std::vector<Sighting>> read_vehicle(std::istream& in, const std::string& file,
                                                 const terrain::Elevation& ground);

}  // namespace marsad::locate
