// SPDX-License-Identifier: Apache-2.0
#include "bench/made_border.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>

#include "base/csv.h"
#include "tests/support/real_data.h"

namespace marsad::bench {

std::vector<geo::Geodetic> reference_line() {
  const auto file = test::real_data("geo/border_profile_500m.csv");
  std::vector<geo::Geodetic> line;
  if (!file) return line;
  std::ifstream in(*file);
  auto table = base::CsvReader::open(in, file->string(), {"lon", "lat"});
  while (table && *table->next()) {
    line.push_back({geo::radians(*table->number("lat")), geo::radians(*table->number("lon")), 0});
  }
  return line;
}

std::vector<geo::Geodetic> basin_line() {
  std::vector<geo::Geodetic> line;
  for (int i = 0; i <= 80; ++i) {
    const double t = i / 80.0;
    line.push_back(
        {geo::radians(39.8 - 3.6 * t), geo::radians(-117.0 + 0.15 * std::sin(9 * t)), 0});
  }
  return line;
}

terrain::Elevation open_ground(const std::string& file, const std::vector<geo::Geodetic>& line) {
  terrain::Bounds bounds{1e9, -1e9, 1e9, -1e9};
  for (const geo::Geodetic& place : line) {
    bounds = {std::min(bounds.south_rad, place.lat_rad), std::max(bounds.north_rad, place.lat_rad),
              std::min(bounds.west_rad, place.lon_rad), std::max(bounds.east_rad, place.lon_rad)};
  }
  auto ground = terrain::Elevation::open(file, terrain::grown(bounds, 45'000));
  if (!ground) {
    fmt::print(stderr, "{}\n", base::to_string(ground.error()));
    std::exit(1);
  }
  return *std::move(ground);
}

plan::Watcher watcher_at(const geo::BorderLine& line, const terrain::Elevation& ground, double s_m,
                         double d_m, double above_ground_m, double fov_deg) {
  const geo::Enu home = line.toward_home(s_m);
  const geo::LocalFrame frame(line.at(s_m));
  plan::Watcher watcher;
  geo::Geodetic place = frame.to_geodetic_at_height(d_m * home.east, d_m * home.north, 0);
  place.height_m = ground.height_m(place.lat_rad, place.lon_rad).value_or(0) + above_ground_m;
  watcher.camera.model.horizontal_fov_rad = geo::radians(fov_deg);
  watcher.camera.pose = {place, 0, geo::radians(-2), 0};
  watcher.sweep_rad = 2 * std::numbers::pi;
  return watcher;
}

}  // namespace marsad::bench
