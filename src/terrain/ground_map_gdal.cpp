// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <memory>

#include "terrain/ground_map.h"
#include "terrain/plain_map.h"
#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

// While it lives, files that allow it are read past the library's cache: what is read here is read
// once.
class DirectReading {
 public:
  DirectReading() { CPLSetThreadLocalConfigOption(kOption, "YES"); }
  ~DirectReading() { CPLSetThreadLocalConfigOption(kOption, nullptr); }
  DirectReading(const DirectReading&) = delete;
  DirectReading& operator=(const DirectReading&) = delete;

 private:
  static constexpr const char* kOption = "GTIFF_DIRECT_IO";
};

// What the coordinate system says of lengths.
base::Result<void> measure(const OGRSpatialReference& system, const std::string& file,
                           GroundMap& map) {
  if (system.IsGeographic() != 0) {
    map.semi_major_m = system.GetSemiMajor();
    const double inverse = system.GetInvFlattening();
    map.flattening = inverse > 0 ? 1 / inverse : 0;
    map.radians_per_unit = system.GetAngularUnits();
  } else if (system.IsProjected() != 0) {
    map.metres_per_unit = system.GetLinearUnits();
  } else {
    return base::Error{file, "its coordinate system is neither geographic nor projected"};
  }
  return {};
}

// Places in the raster's own coordinates.
class Locator {
 public:
  explicit Locator(const Raster& raster) : raster_(raster) {}

  base::Result<MapPoint> operator()(const MapPlace& place) {
    if (const auto* point = std::get_if<MapPoint>(&place)) return *point;
    const auto& geodetic = std::get<geo::Geodetic>(place);
    MapPoint at{geo::degrees(geodetic.lon_rad), geo::degrees(geodetic.lat_rad)};
    if (!transform(at)) return base::Error{raster_.file, "the observer has no place on it"};
    return at;
  }

 private:
  bool transform(MapPoint& at) {
    if (!own_from_wgs84_) {
      own_ = std::make_unique<OGRSpatialReference>(*raster_.dataset->GetSpatialRef());
      own_->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      const OGRSpatialReference geographic = wgs84();
      own_from_wgs84_.reset(OGRCreateCoordinateTransformation(&geographic, own_.get()));
    }
    return own_from_wgs84_ != nullptr && own_from_wgs84_->Transform(1, &at.x, &at.y) != 0;
  }

  const Raster& raster_;
  std::unique_ptr<OGRSpatialReference> own_;
  std::unique_ptr<OGRCoordinateTransformation> own_from_wgs84_;
};

template <class Cell>
base::Result<void> write_cells(const std::string& file, const GroundMap& map,
                               std::span<const Cell> cells, GDALDataType type, double nodata,
                               const std::string& unit, const std::string& told) {
  const QuietGdal gdal;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) return base::Error{file, "this GDAL can't write GeoTIFF"};
  const std::string unfinished = file + ".part";
  const int columns = map.grid.columns, rows = map.grid.rows;
  GDALDatasetUniquePtr dataset(driver->Create(unfinished.c_str(), columns, rows, 1, type, nullptr));
  if (!dataset) return base::Error{file, gdal.because("can't be created")};
  dataset->SetProjection(std::get<std::string>(map.system).c_str());
  std::array<double, 6> place = map.cells;
  dataset->SetGeoTransform(place.data());
  dataset->SetMetadataItem("TIFFTAG_IMAGEDESCRIPTION", told.c_str());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(nodata);
  if (!unit.empty()) band->SetUnitType(unit.c_str());
  // The library's one call for reading and writing takes its buffer as writable.
  auto* data = const_cast<Cell*>(cells.data());
  const CPLErr result =
      band->RasterIO(GF_Write, 0, 0, columns, rows, data, columns, rows, type, 0, 0, nullptr);
  dataset.reset();  // flushes, which is when a full disk shows
  if (result != CE_None || gdal.complained() || VSIRename(unfinished.c_str(), file.c_str()) != 0) {
    VSIUnlink(unfinished.c_str());
    return base::Error{file, gdal.because("can't be written")};
  }
  return {};
}

}  // namespace

base::Result<GroundMap> GroundMap::read_by_gdal(const std::string& file,
                                                std::span<const MapPlace> places, double range_m) {
  const QuietGdal gdal;
  const DirectReading direct;
  const auto raster = open_raster(file, gdal);
  if (!raster) return raster.error();
  if (!raster->pixels.north_up()) return base::Error{file, "is turned; expected north up"};
  GroundMap map;
  map.cells = raster->pixels.c;
  map.system = raster->dataset->GetProjectionRef();
  const auto measured = measure(*raster->dataset->GetSpatialRef(), file, map);
  if (!measured) return measured.error();
  Locator locate(*raster);
  std::vector<MapPoint> points;
  for (const MapPlace& place : places) {
    const auto point = locate(place);
    if (!point) return point.error();
    points.push_back(*point);
  }
  const auto window = place_grid(map, file, raster->columns(), raster->rows(), points, range_m);
  if (!window) return window.error();
  auto heights_m = read_window(*raster, *window, gdal);
  if (!heights_m) return heights_m.error();
  map.grid.heights_m = *std::move(heights_m);
  return map;
}

base::Result<GroundMap> GroundMap::read(const std::string& file, std::span<const MapPlace> places,
                                        double range_m) {
  if (auto map = read_plain_map(file, places, range_m)) return *std::move(map);
  return read_by_gdal(file, places, range_m);
}

base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const HeightLayer& layer, const std::string& told) {
  if (std::holds_alternative<GeoKeys>(map.system)) return write_plain_layer(file, map, layer, told);
  return write_cells<float>(file, map, layer.least_m, GDT_Float32,
                            std::numeric_limits<double>::quiet_NaN(), "m", told);
}

base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const SightLayer& layer, const std::string& told) {
  if (std::holds_alternative<GeoKeys>(map.system)) return write_plain_layer(file, map, layer, told);
  return write_cells<Sight>(file, map, layer.sight, GDT_Byte, static_cast<double>(Sight::not_asked),
                            "", told);
}

}  // namespace marsad::terrain
