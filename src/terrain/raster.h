// SPDX-License-Identifier: Apache-2.0
#pragma once

// GDAL stays behind this header, which only this room's raster_*.cpp include.
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "terrain/elevation.h"
#include "terrain/raster_nodes.h"
#include "terrain/window.h"

namespace marsad::terrain {

// Keeps the library's messages from the terminal while it lives, and the first failure for us.
class QuietGdal {
 public:
  QuietGdal();
  ~QuietGdal();
  QuietGdal(const QuietGdal&) = delete;
  QuietGdal& operator=(const QuietGdal&) = delete;

  // Our words, and the library's reason where it gave one.
  std::string because(std::string_view what) const;
  bool complained() const { return !said_.empty(); }

 private:
  static void keep(CPLErr level, CPLErrorNum number, const char* message);

  std::string said_;
};

// A raster open for reading, and what of it we need.
struct Raster {
  std::string file;
  GDALDatasetUniquePtr dataset;
  GDALRasterBand* band = nullptr;
  Affine pixels;
  double metres_per_unit = 1;

  int columns() const { return dataset->GetRasterXSize(); }
  int rows() const { return dataset->GetRasterYSize(); }
};

// WGS 84 with longitude before latitude, in degrees, as rasters keep them.
OGRSpatialReference wgs84();

// The part the two share; its south lies above its north, or west beyond east, where there is none.
Bounds overlap(Bounds a, Bounds b);
bool is_empty(Bounds bounds);

base::Error too_many(const Raster& raster, double nodes,
                     double most = static_cast<double>(Elevation::kMostNodes));
base::Error not_covered(const Raster& raster, Bounds has, Bounds asked);

base::Result<Raster> open_raster(const std::string& file, const QuietGdal& gdal);

// Heights in metres, voids as NaN.
base::Result<std::vector<float>> read_window(const Raster& raster, Window window,
                                             const QuietGdal& gdal);

// A raster not on WGS 84, or not with north up: resampled onto latitudes and longitudes at its own
// spacing, bilinearly.
base::Result<std::unique_ptr<RasterNodes>> resampled_nodes(Raster raster, Bounds asked,
                                                           const QuietGdal& gdal);

}  // namespace marsad::terrain
