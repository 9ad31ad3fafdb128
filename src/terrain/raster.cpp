// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster.h"

#include <fmt/format.h>
#include <gdal_frmts.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <span>

#include "base/large_pages.h"
#include "terrain/band_heights.h"

namespace marsad::terrain {
namespace {

std::string in_words(Bounds b) {
  return fmt::format("{:.4f}..{:.4f} N {:.4f}..{:.4f} E", geo::degrees(b.south_rad),
                     geo::degrees(b.north_rad), geo::degrees(b.west_rad), geo::degrees(b.east_rad));
}

// How many metres the unit is; none where it is unknown to us.
std::optional<double> metres_in(std::string_view unit) {
  if (unit.empty() || unit == "m" || unit == "metre" || unit == "meter" || unit == "metres" ||
      unit == "meters") {
    return 1;
  }
  if (unit == "ft" || unit == "foot" || unit == "feet") return 0.3048;
  if (unit == "US survey foot" || unit == "us-ft" || unit == "ftUS") return 1200.0 / 3937;
  return std::nullopt;
}

// How the band says its numbers become heights.
BandHeights heights_of(GDALRasterBand& band, double metres_per_unit) {
  BandHeights heights;
  heights.scale = band.GetScale() * metres_per_unit;
  heights.offset_m = band.GetOffset() * metres_per_unit;
  int has_nodata = 0;
  const auto told = static_cast<float>(band.GetNoDataValue(&has_nodata));
  if (has_nodata != 0) heights.nodata = told;
  return heights;
}

// So few rows of the raster that they are still in the processor's cache when they are looked at,
// but whole blocks of the file, so that none is unpacked twice.
int rows_at_once(GDALRasterBand& band, int columns) {
  constexpr int kFew = 1 << 16;
  int block_columns = 1, block_rows = 1;
  band.GetBlockSize(&block_columns, &block_rows);
  return block_rows * std::max(1, kFew / columns / block_rows);
}

// Making all of the library's drivers known takes longer than opening a file, so those of most
// elevation rasters come first.
GDALDatasetUniquePtr open_dataset(const std::string& file) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  if (dataset) return dataset;
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
  dataset.reset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
  return dataset;
}

constexpr GIntBig kMostCached = GIntBig{64} << 20;

}  // namespace

QuietGdal::QuietGdal() {
  static std::once_flag registered;
  std::call_once(registered, [] {
    GDALRegister_GTiff();
    GDALRegister_DTED();
    GDALRegister_SRTMHGT();
    // Its cache of blocks would take a twentieth of the memory; ours holds what is read again.
    if (CPLGetConfigOption("GDAL_CACHEMAX", nullptr) == nullptr) GDALSetCacheMax64(kMostCached);
  });
  CPLErrorReset();
  CPLPushErrorHandlerEx(&QuietGdal::keep, &said_);
}

QuietGdal::~QuietGdal() { CPLPopErrorHandler(); }

std::string QuietGdal::because(std::string_view what) const {
  return said_.empty() ? std::string(what) : fmt::format("{}: {}", what, said_);
}

void QuietGdal::keep(CPLErr level, CPLErrorNum, const char* message) {
  auto* said = static_cast<std::string*>(CPLGetErrorHandlerUserData());
  if (level >= CE_Failure && said->empty()) *said = message;
}

OGRSpatialReference wgs84() {
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

Bounds overlap(Bounds a, Bounds b) {
  return {std::max(a.south_rad, b.south_rad), std::min(a.north_rad, b.north_rad),
          std::max(a.west_rad, b.west_rad), std::min(a.east_rad, b.east_rad)};
}

bool is_empty(Bounds bounds) {
  return bounds.south_rad > bounds.north_rad || bounds.west_rad > bounds.east_rad;
}

base::Error too_many(const Raster& raster, double nodes, double most) {
  return {raster.file, fmt::format("{:.0f} million nodes lie within the asked bounds; expected at "
                                   "most {:.0f} million: ask for less or give a coarser raster",
                                   nodes / 1e6, most / 1e6)};
}

base::Error not_covered(const Raster& raster, Bounds has, Bounds asked) {
  return {raster.file, fmt::format("the raster covers {} and nothing of the asked {}",
                                   in_words(has), in_words(asked))};
}

base::Result<Raster> open_raster(const std::string& file, const QuietGdal& gdal) {
  Raster raster;
  raster.file = file;
  raster.dataset = open_dataset(file);
  if (!raster.dataset) {
    return base::Error{file, gdal.because("can't be read as an elevation raster")};
  }
  if (raster.dataset->GetRasterCount() < 1) return base::Error{file, "has no raster band"};
  if (raster.dataset->GetSpatialRef() == nullptr) {
    return base::Error{file, "has no coordinate system; expected one, geographic or projected"};
  }
  if (raster.dataset->GetGeoTransform(raster.pixels.c.data()) != CE_None) {
    return base::Error{file, "doesn't tell where its pixels lie; expected a geotransform"};
  }
  raster.band = raster.dataset->GetRasterBand(1);
  const std::string unit = raster.band->GetUnitType();
  const auto metres = metres_in(unit);
  if (!metres) {
    return base::Error{file, fmt::format("heights are in \"{}\"; expected metres or feet", unit)};
  }
  raster.metres_per_unit = *metres;
  return raster;
}

base::Result<std::vector<float>> read_window(const Raster& raster, Window window,
                                             const QuietGdal& gdal) {
  const BandHeights heights = heights_of(*raster.band, raster.metres_per_unit);
  const int rows_together = rows_at_once(*raster.band, window.columns);
  auto heights_m = base::reserved_in_large_pages<float>(window.size());
  int rows = 0;
  for (int row = 0; row < window.rows; row += rows) {
    rows = std::min(rows_together - (window.row + row) % rows_together, window.rows - row);
    const std::size_t begin = heights_m.size();
    heights_m.resize(begin + Window{0, 0, window.columns, rows}.size());
    const std::span<float> read = std::span(heights_m).subspan(begin);
    if (raster.band->RasterIO(GF_Read, window.column, window.row + row, window.columns, rows,
                              read.data(), window.columns, rows, GDT_Float32, 0, 0,
                              nullptr) != CE_None) {
      return base::Error{raster.file, gdal.because("heights can't be read")};
    }
    heights.make(read);
  }
  return heights_m;
}

}  // namespace marsad::terrain
