// SPDX-License-Identifier: Apache-2.0
#include "terrain/ground_earthworks.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "terrain/earthworks.h"
#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

Steps steps_of(const GroundGrid& grid) { return {grid.column_step_m, grid.row_step_m}; }

bool touches(const EarthworkPiece& piece, const GroundGrid& grid) {
  const auto corners = piece.corners();
  const auto all = [&](const auto& beyond) {
    return std::all_of(corners.begin(), corners.end(), beyond);
  };
  return !all([](GridPoint c) { return c.column < 0; }) &&
         !all([](GridPoint c) { return c.row < 0; }) &&
         !all([&](GridPoint c) { return c.column > grid.columns - 1; }) &&
         !all([&](GridPoint c) { return c.row > grid.rows - 1; });
}

std::vector<EarthworkPiece> touching(const GroundGrid& grid, std::vector<EarthworkPiece> pieces) {
  std::erase_if(pieces, [&](const EarthworkPiece& piece) { return !touches(piece, grid); });
  return pieces;
}

}  // namespace

base::Result<std::vector<EarthworkPiece>> pieces_on(const GroundMap& map,
                                                    const std::vector<Earthwork>& works) {
  const QuietGdal gdal;
  OGRSpatialReference own(map.system.c_str());
  own.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const OGRSpatialReference geographic = wgs84();
  const std::unique_ptr<OGRCoordinateTransformation> own_from_wgs84(
      OGRCreateCoordinateTransformation(&geographic, &own));
  std::optional<base::Error> failed;
  if (!own_from_wgs84) return base::Error{"earthworks", gdal.because("can't be put on the map")};
  const OnGrid grid{[&](geo::Geodetic at) {
                      MapPoint point{geo::degrees(at.lon_rad), geo::degrees(at.lat_rad)};
                      if (own_from_wgs84->Transform(1, &point.x, &point.y) == 0 && !failed) {
                        failed = base::Error{
                            "earthworks", gdal.because(fmt::format(
                                              "{:.6f}, {:.6f} has no place on the map",
                                              geo::degrees(at.lat_rad), geo::degrees(at.lon_rad)))};
                      }
                      return GridPoint{(point.x - map.cells[0]) / map.cells[1] - 0.5,
                                       (point.y - map.cells[3]) / map.cells[5] - 0.5};
                    },
                    [&](geo::Geodetic) { return steps_of(map.grid); }};
  auto pieces = pieces_of(works, grid);
  if (failed) return *failed;
  return touching(map.grid, std::move(pieces));
}

std::vector<EarthworkPiece> pieces_on(const MapPart& part,
                                      const std::vector<EarthworkPiece>& pieces) {
  std::vector<EarthworkPiece> out;
  for (const EarthworkPiece& piece : pieces)
    out.push_back(piece.on_part(part.column, part.row, steps_of(part.grid)));
  return touching(part.grid, std::move(out));
}

}  // namespace marsad::terrain
