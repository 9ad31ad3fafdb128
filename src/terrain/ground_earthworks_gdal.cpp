// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>
#include <optional>

#include "terrain/earthworks.h"
#include "terrain/ground_earthworks.h"
#include "terrain/raster.h"

namespace marsad::terrain {

base::Result<std::vector<EarthworkPiece>> pieces_on(const GroundMap& map,
                                                    const std::vector<Earthwork>& works) {
  const QuietGdal gdal;
  OGRSpatialReference own(std::get<std::string>(map.system).c_str());
  own.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const OGRSpatialReference geographic = wgs84();
  const std::unique_ptr<OGRCoordinateTransformation> own_from_wgs84(
      OGRCreateCoordinateTransformation(&geographic, &own));
  std::optional<base::Error> failed;
  if (!own_from_wgs84) return base::Error{"earthworks", gdal.because("can't be put on the map")};
  const OnGrid grid{
      [&](geo::Geodetic at) {
        MapPoint point{geo::degrees(at.lon_rad), geo::degrees(at.lat_rad)};
        if (own_from_wgs84->Transform(1, &point.x, &point.y) == 0 && !failed) {
          failed = base::Error{
              "earthworks",
              gdal.because(fmt::format("{:.6f}, {:.6f} has no place on the map",
                                       geo::degrees(at.lat_rad), geo::degrees(at.lon_rad)))};
        }
        return GridPoint{(point.x - map.cells[0]) / map.cells[1] - 0.5,
                         (point.y - map.cells[3]) / map.cells[5] - 0.5};
      },
      [&](geo::Geodetic) { return Steps{map.grid.column_step_m, map.grid.row_step_m}; }};
  auto pieces = pieces_of(works, grid);
  if (failed) return *failed;
  return touching(map.grid, std::move(pieces));
}

}  // namespace marsad::terrain
