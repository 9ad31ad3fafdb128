// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "terrain/earthwork_piece.h"
#include "terrain/ground_map.h"

namespace marsad::app {

// A map and the earthworks that lie on it.
struct MapWithWorks {
  terrain::GroundMap map;
  std::vector<terrain::EarthworkPiece> works;
};

// How a program reads elevation and writes layers: by GDAL, which takes long to start, or without.
struct MapFiles {
  std::function<base::Result<terrain::GroundMap>(
      const std::string& file, std::span<const terrain::MapPlace> places, double range_m)>
      read;
  // The same with a GeoJSON file's earthworks.
  std::function<base::Result<MapWithWorks>(const std::string& file, const std::string& earthworks,
                                           std::span<const terrain::MapPlace> places,
                                           double range_m)>
      read_with_works;
  base::Result<void> (*write_heights)(const std::string& file, const terrain::GroundMap& map,
                                      const terrain::HeightLayer& layer, const std::string& told);
  base::Result<void> (*write_sight)(const std::string& file, const terrain::GroundMap& map,
                                    const terrain::SightLayer& layer, const std::string& told);
};

// Any raster, by GDAL where it must be.
MapFiles files_of_any_kind();

// Adds the subcommand, as those of commands.h.
void add_viewshed(CLI::App& app, int& status, const MapFiles& files);

}  // namespace marsad::app
