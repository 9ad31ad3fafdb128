// SPDX-License-Identifier: Apache-2.0
#include "terrain/ground_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

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

// Places in the raster's columns and rows, cells' centres at whole numbers.
class Locator {
 public:
  Locator(const Raster& raster) : raster_(raster) {}

  base::Result<GridPoint> operator()(const MapPlace& place) {
    MapPoint at;
    if (const auto* point = std::get_if<MapPoint>(&place)) {
      at = *point;
    } else {
      const auto& geodetic = std::get<geo::Geodetic>(place);
      at = {geo::degrees(geodetic.lon_rad), geo::degrees(geodetic.lat_rad)};
      if (!transform(at)) return base::Error{raster_.file, "the observer has no place on it"};
    }
    const Affine& p = raster_.pixels;
    const GridPoint point{(at.x - p.c[0]) / p.c[1] - 0.5, (at.y - p.c[3]) / p.c[5] - 0.5};
    const double last_column = raster_.columns() - 1, last_row = raster_.rows() - 1;
    const bool is_on_map = point.column >= -0.5 && point.row >= -0.5 &&
                           point.column <= last_column + 0.5 && point.row <= last_row + 0.5;
    if (!is_on_map) {
      return base::Error{raster_.file,
                         fmt::format("the observer at {:.10g}, {:.10g} is not on the map, which "
                                     "has x {:.10g} to {:.10g} and y {:.10g} to {:.10g}",
                                     at.x, at.y, p.c[0], p.x(raster_.columns(), 0),
                                     p.y(0, raster_.rows()), p.c[3])};
    }
    // Beyond the outermost centres the ground has no shape; the nearest is half a cell away.
    return GridPoint{std::clamp(point.column, 0.0, last_column),
                     std::clamp(point.row, 0.0, last_row)};
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

// A cell shorter than this is a mistake, or at a pole.
constexpr double kLeastStep_m = 1e-3;

// Columns and rows from the first to the last.
struct Extent {
  double west = 0, east = 0, north = 0, south = 0;
};

Extent around(GridPoint point, std::array<double, 2> steps_m, double range_m) {
  const double columns = range_m / steps_m[0], rows = range_m / steps_m[1];
  return {point.column - columns, point.column + columns, point.row - rows, point.row + rows};
}

// The cells within an extent, of `columns` by `rows`. Rounding must not lose one just within.
Window cells_within(const Extent& extent, int columns, int rows) {
  const auto [west, east] = enclosing(extent.west, extent.east, columns);
  const auto [north, south] = enclosing(extent.north, extent.south, rows);
  return {west, north, east - west + 1, south - north + 1};
}

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
  dataset->SetProjection(map.system.c_str());
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

std::array<double, 2> GroundMap::steps_m(double row) const {
  const double column_units = cells[1], row_units = -cells[5];
  if (semi_major_m == 0) return {column_units * metres_per_unit, row_units * metres_per_unit};
  // Radii of curvature across and along the meridian [Rapp91].
  const double lat_rad = (cells[3] + (row + 0.5) * cells[5]) * radians_per_unit;
  const double squared_eccentricity = flattening * (2 - flattening);
  const double sine = std::sin(lat_rad);
  const double w2 = 1 - squared_eccentricity * sine * sine;
  const double across_m = semi_major_m / std::sqrt(w2);
  const double along_m = across_m * (1 - squared_eccentricity) / w2;
  return {column_units * radians_per_unit * across_m * std::cos(lat_rad),
          row_units * radians_per_unit * along_m};
}

base::Result<GroundMap> GroundMap::read(const std::string& file, std::span<const MapPlace> places,
                                        double range_m) {
  CHECK(!places.empty() && range_m > 0);
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
  Extent extent{1e300, -1e300, 1e300, -1e300};
  Locator locate(*raster);
  for (const MapPlace& place : places) {
    const auto point = locate(place);
    if (!point) return point.error();
    map.places.push_back(*point);
    const auto steps_m = map.steps_m(point->row);
    const bool has_length = steps_m[0] > kLeastStep_m && steps_m[1] > kLeastStep_m;
    if (!has_length) return base::Error{file, "its cells have no length where the observer stands"};
    const Extent reach = around(*point, steps_m, range_m);
    extent = {std::min(extent.west, reach.west), std::max(extent.east, reach.east),
              std::min(extent.north, reach.north), std::max(extent.south, reach.south)};
  }
  const Window window = cells_within(extent, raster->columns(), raster->rows());
  if (window.size() > Elevation::kMostNodes)
    return too_many(*raster, static_cast<double>(window.size()));
  auto heights_m = read_window(*raster, window, gdal);
  if (!heights_m) return heights_m.error();
  const auto steps_m = map.steps_m(map.places.front().row);
  map.cells[0] = raster->pixels.x(window.column, window.row);
  map.cells[3] = raster->pixels.y(window.column, window.row);
  for (GridPoint& point : map.places) {
    point.column -= window.column;
    point.row -= window.row;
  }
  map.grid = {window.columns, window.rows, steps_m[0], steps_m[1], *std::move(heights_m)};
  return map;
}

MapPart part_around(const GroundMap& map, GridPoint point, double range_m) {
  const auto steps_m = map.steps_m(point.row);
  const Window window =
      cells_within(around(point, steps_m, range_m), map.grid.columns, map.grid.rows);
  MapPart part{
      {window.columns, window.rows, steps_m[0], steps_m[1], {}}, window.column, window.row};
  part.grid.heights_m.reserve(window.size());
  for (int row = 0; row < window.rows; ++row) {
    const auto first = map.grid.heights_m.begin() +
                       static_cast<std::ptrdiff_t>(map.grid.index(window.column, window.row + row));
    part.grid.heights_m.insert(part.grid.heights_m.end(), first, first + window.columns);
  }
  return part;
}

base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const HeightLayer& layer, const std::string& told) {
  return write_cells<float>(file, map, layer.least_m, GDT_Float32,
                            std::numeric_limits<double>::quiet_NaN(), "m", told);
}

base::Result<void> write_layer(const std::string& file, const GroundMap& map,
                               const SightLayer& layer, const std::string& told) {
  return write_cells<Sight>(file, map, layer.sight, GDT_Byte, static_cast<double>(Sight::not_asked),
                            "", told);
}

}  // namespace marsad::terrain
