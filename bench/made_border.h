// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "geo/border_line.h"
#include "plan/watch.h"
#include "terrain/elevation.h"

namespace marsad::bench {

// The real border's line, 601 km, from the real data; empty where that is missing.
std::vector<geo::Geodetic> reference_line();

// 400 km through basins and ranges.
std::vector<geo::Geodetic> basin_line();

// The elevation of 45 km around a line. Ends the program where the file can't be read.
terrain::Elevation open_ground(const std::string& file, const std::vector<geo::Geodetic>& line);

// A turning camera at home, so far along the line and off it.
plan::Watcher watcher_at(const geo::BorderLine& line, const terrain::Elevation& ground, double s_m,
                         double d_m, double above_ground_m, double fov_deg);

}  // namespace marsad::bench
