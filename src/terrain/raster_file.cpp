// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster_file.h"

#include <array>
#include <limits>

#include "terrain/raster.h"

namespace marsad::terrain {

base::Result<void> write_raster(
    const std::string& file, Bounds bounds, int columns, int rows, const RasterBands& bands,
    const std::function<void(std::size_t band, int row, std::span<float>)>& read_row) {
  const QuietGdal gdal;
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  if (driver == nullptr) return base::Error{file, "this GDAL can't write GeoTIFF"};
  std::string compress = "COMPRESS=DEFLATE", predictor = "PREDICTOR=3";
  std::string interleave = "INTERLEAVE=BAND";
  std::array<char*, 4> options = {compress.data(), predictor.data(), interleave.data(), nullptr};
  GDALDatasetUniquePtr dataset(driver->Create(file.c_str(), columns, rows,
                                              static_cast<int>(bands.names.size()), GDT_Float32,
                                              options.data()));
  if (!dataset) return base::Error{file, gdal.because("can't be created")};
  const double lon_deg = geo::degrees(bounds.east_rad - bounds.west_rad) / (columns - 1);
  const double lat_deg = geo::degrees(bounds.north_rad - bounds.south_rad) / (rows - 1);
  std::array<double, 6> pixels = {geo::degrees(bounds.west_rad) - lon_deg / 2,  lon_deg, 0,
                                  geo::degrees(bounds.north_rad) + lat_deg / 2, 0,       -lat_deg};
  const OGRSpatialReference reference = wgs84();
  dataset->SetSpatialRef(&reference);
  dataset->SetGeoTransform(pixels.data());
  std::vector<float> values(static_cast<std::size_t>(columns));
  CPLErr result = CE_None;
  for (std::size_t i = 0; i < bands.names.size() && result == CE_None; ++i) {
    GDALRasterBand* band = dataset->GetRasterBand(static_cast<int>(i) + 1);
    band->SetNoDataValue(std::numeric_limits<double>::quiet_NaN());
    band->SetUnitType(bands.unit.c_str());
    band->SetDescription(bands.names[i].c_str());
    for (int row = 0; row < rows && result == CE_None; ++row) {
      read_row(i, row, values);
      result = band->RasterIO(GF_Write, 0, row, columns, 1, values.data(), columns, 1, GDT_Float32,
                              0, 0, nullptr);
    }
  }
  dataset.reset();  // flushes, which is when a full disk shows
  if (result != CE_None || gdal.complained()) {
    return base::Error{file, gdal.because("can't be written")};
  }
  return {};
}

}  // namespace marsad::terrain
