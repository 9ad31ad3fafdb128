// SPDX-License-Identifier: Apache-2.0
#include "terrain/raster.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

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

}  // namespace

QuietGdal::QuietGdal() {
  static std::once_flag registered;
  std::call_once(registered, [] { GDALAllRegister(); });
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

std::pair<int, int> enclosing(double from, double to, int count) {
  constexpr double kRounding = 1e-6;
  const double first = std::clamp(std::floor(from + kRounding), 0.0, count - 1.0);
  const double last = std::clamp(std::ceil(to - kRounding), 0.0, count - 1.0);
  return {static_cast<int>(first), static_cast<int>(last)};
}

base::Error too_many(const Raster& raster, double nodes) {
  return {raster.file, fmt::format("{:.0f} million nodes lie within the asked bounds; expected at "
                                   "most {} million: ask for less or give a coarser raster",
                                   nodes / 1e6, Elevation::kMostNodes / 1'000'000)};
}

base::Error not_covered(const Raster& raster, Bounds has, Bounds asked) {
  return {raster.file, fmt::format("the raster covers {} and nothing of the asked {}",
                                   in_words(has), in_words(asked))};
}

base::Result<Raster> open_raster(const std::string& file, const QuietGdal& gdal) {
  Raster raster;
  raster.file = file;
  raster.dataset.reset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR));
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
  std::vector<float> heights_m(window.size());
  if (raster.band->RasterIO(GF_Read, window.column, window.row, window.columns, window.rows,
                            heights_m.data(), window.columns, window.rows, GDT_Float32, 0, 0,
                            nullptr) != CE_None) {
    return base::Error{raster.file, gdal.because("heights can't be read")};
  }
  int has_nodata = 0;
  const auto told = static_cast<float>(raster.band->GetNoDataValue(&has_nodata));
  constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();
  const float nodata = has_nodata != 0 ? told : kVoid;  // NaN equals nothing
  for (float& height_m : heights_m) {
    const bool is_height =
        height_m != nodata && std::abs(height_m) <= std::numeric_limits<float>::max();
    height_m = is_height ? height_m : kVoid;
  }
  const double scale = raster.band->GetScale() * raster.metres_per_unit;
  const double offset_m = raster.band->GetOffset() * raster.metres_per_unit;
  if (scale == 1 && offset_m == 0) return heights_m;
  for (float& height_m : heights_m)
    height_m = static_cast<float>(scale * double{height_m} + offset_m);
  return heights_m;
}

}  // namespace marsad::terrain
