// SPDX-License-Identifier: Apache-2.0
#include "terrain/plain_map.h"

#include <fmt/format.h>

#include "terrain/plain_tiff.h"
#include "terrain/plain_tiff_writer.h"

namespace marsad::terrain {
namespace {

// A degree as the library for coordinate systems has it.
constexpr double kRadiansPerDegree = 0.017453292519943295;

// Where pixels lie by their edges, reckoned as GDAL does from where their centres lie.
Affine edges_of(Affine centres) {
  centres.c[0] -= centres.c[1] * 0.5;
  centres.c[3] -= centres.c[5] * 0.5;
  return centres;
}

std::optional<std::vector<MapPoint>> points_of(std::span<const MapPlace> places,
                                               bool is_geographic) {
  std::vector<MapPoint> points;
  for (const MapPlace& place : places) {
    if (const auto* point = std::get_if<MapPoint>(&place)) {
      points.push_back(*point);
    } else if (is_geographic) {
      const auto& geodetic = std::get<geo::Geodetic>(place);
      points.push_back({geo::degrees(geodetic.lon_rad), geo::degrees(geodetic.lat_rad)});
    } else {
      return std::nullopt;
    }
  }
  return points;
}

TiffHead head_of(const GroundMap& map, const std::string& told, const std::string& nodata,
                 const std::string& unit) {
  CHECK(std::holds_alternative<GeoKeys>(map.system));
  return {map.grid.columns, map.grid.rows, map.cells, std::get<GeoKeys>(map.system),
          nodata,           unit,          told};
}

}  // namespace

std::optional<GroundMap> read_plain_map(const std::string& file, std::span<const MapPlace> places,
                                        double range_m) {
  const auto raster = PlainTiff::open(file);
  if (!raster) return std::nullopt;
  const auto system = understood(raster->keys());
  if (!system) return std::nullopt;
  const auto points = points_of(places, system->is_geographic);
  if (!points) return std::nullopt;
  GroundMap map;
  map.cells = (system->is_point ? edges_of(raster->pixels()) : raster->pixels()).c;
  map.system = by_edges(raster->keys());
  if (system->is_geographic) {
    map.semi_major_m = kWgs84SemiMajor_m;
    map.flattening = 1 / kWgs84InverseFlattening;
    map.radians_per_unit = kRadiansPerDegree;
  }
  const auto window = place_grid(map, file, raster->columns(), raster->rows(), *points, range_m);
  if (!window) return std::nullopt;
  auto heights_m = raster->heights_m(*window);
  if (!heights_m) return std::nullopt;
  map.grid.heights_m = *std::move(heights_m);
  return map;
}

base::Result<void> write_plain_layer(const std::string& file, const GroundMap& map,
                                     const HeightLayer& layer, const std::string& told) {
  return write_plain_tiff(file, head_of(map, told, "nan", "m"), layer.least_m);
}

base::Result<void> write_plain_layer(const std::string& file, const GroundMap& map,
                                     const SightLayer& layer, const std::string& told) {
  static_assert(sizeof(Sight) == 1);
  const std::string nodata = fmt::format("{}", static_cast<int>(Sight::not_asked));
  const auto* first = reinterpret_cast<const std::uint8_t*>(layer.sight.data());
  return write_plain_tiff(file, head_of(map, told, nodata, ""),
                          std::span(first, layer.sight.size()));
}

}  // namespace marsad::terrain
