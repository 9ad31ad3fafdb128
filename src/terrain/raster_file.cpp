// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster_file.h"

#include <array>
#include <limits>

#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

// A raster on WGS 84 with north up: its own nodes, untouched.
base::Result<HeightGrid> read_geographic(const Raster& raster, Bounds asked,
                                         const QuietGdal& gdal) {
  const Affine& p = raster.pixels;
  const auto node = [&](double column, double row) {
    return geo::Geodetic{geo::radians(p.y(column + 0.5, row + 0.5)),
                         geo::radians(p.x(column + 0.5, row + 0.5)), 0};
  };
  const auto spanned = [&](Window w) {
    const geo::Geodetic first = node(w.column, w.row);
    const geo::Geodetic last = node(w.column + w.columns - 1, w.row + w.rows - 1);
    return Bounds{last.lat_rad, first.lat_rad, first.lon_rad, last.lon_rad};
  };
  const Bounds has = spanned({0, 0, raster.columns(), raster.rows()});
  const Bounds wanted = overlap(has, asked);
  if (is_empty(wanted)) return not_covered(raster, has, asked);
  const auto column_of = [&](double lon_rad) {
    return (geo::degrees(lon_rad) - p.c[0]) / p.c[1] - 0.5;
  };
  const auto row_of = [&](double lat_rad) {
    return (geo::degrees(lat_rad) - p.c[3]) / p.c[5] - 0.5;
  };
  const auto [west, east] =
      enclosing(column_of(wanted.west_rad), column_of(wanted.east_rad), raster.columns());
  const auto [north, south] =
      enclosing(row_of(wanted.north_rad), row_of(wanted.south_rad), raster.rows());
  const Window window{west, north, east - west + 1, south - north + 1};
  if (window.columns < 2 || window.rows < 2) return not_covered(raster, has, asked);
  if (window.size() > Elevation::kMostNodes) {
    return too_many(raster, static_cast<double>(window.size()));
  }
  auto heights_m = read_window(raster, window, gdal);
  if (!heights_m) return heights_m.error();
  return HeightGrid{spanned(window), window.columns, window.rows, *std::move(heights_m)};
}

}  // namespace

base::Result<HeightGrid> read_raster(const std::string& file, Bounds bounds) {
  const QuietGdal gdal;
  const auto raster = open_raster(file, gdal);
  if (!raster) return raster.error();
  const OGRSpatialReference geographic = wgs84();
  const OGRSpatialReference* native = raster->dataset->GetSpatialRef();
  const bool keeps_its_nodes = native->IsGeographic() != 0 &&
                               native->IsSameGeogCS(&geographic) != 0 && raster->pixels.north_up();
  return keeps_its_nodes ? read_geographic(*raster, bounds, gdal)
                         : read_resampled(*raster, bounds, gdal);
}

base::Result<void> write_raster(const std::string& file, Bounds bounds, int columns, int rows,
                                const std::function<void(int, std::span<float>)>& read_row) {
  const QuietGdal gdal;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) return base::Error{file, "this GDAL can't write GeoTIFF"};
  std::string compress = "COMPRESS=DEFLATE", predictor = "PREDICTOR=3";
  std::array<char*, 3> options = {compress.data(), predictor.data(), nullptr};
  GDALDatasetUniquePtr dataset(
      driver->Create(file.c_str(), columns, rows, 1, GDT_Float32, options.data()));
  if (!dataset) return base::Error{file, gdal.because("can't be created")};
  const double lon_deg = geo::degrees(bounds.east_rad - bounds.west_rad) / (columns - 1);
  const double lat_deg = geo::degrees(bounds.north_rad - bounds.south_rad) / (rows - 1);
  std::array<double, 6> pixels = {geo::degrees(bounds.west_rad) - lon_deg / 2,  lon_deg, 0,
                                  geo::degrees(bounds.north_rad) + lat_deg / 2, 0,       -lat_deg};
  const OGRSpatialReference reference = wgs84();
  dataset->SetSpatialRef(&reference);
  dataset->SetGeoTransform(pixels.data());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
  band->SetUnitType("m");
  std::vector<float> heights_m(static_cast<std::size_t>(columns));
  CPLErr result = CE_None;
  for (int row = 0; row < rows && result == CE_None; ++row) {
    read_row(row, heights_m);
    result = band->RasterIO(GF_Write, 0, row, columns, 1, heights_m.data(), columns, 1, GDT_Float32,
                            0, 0, nullptr);
  }
  dataset.reset();  // flushes, which is when a full disk shows
  if (result != CE_None || gdal.complained()) {
    return base::Error{file, gdal.because("can't be written")};
  }
  return {};
}

}  // namespace marsad::terrain
