// SPDX-License-Identifier: Apache-2.0
#include "app/plan_raster.h"

#include <array>
#include <cmath>
#include <limits>

#include "plan/belt_raster.h"
#include "terrain/raster_file.h"

namespace marsad::app {

base::Result<void> write_coverage_raster(const PlanWork& work,
                                         const std::filesystem::path& folder) {
  constexpr double kMinute_s = 60;
  const plan::BeltRaster raster(work.belt);
  terrain::RasterBands bands;
  std::array<std::vector<double>, plan::kCrosserKinds> rates_ps;
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    bands.names.emplace_back(kCrosserNames[kind]);
    rates_ps[kind] = plan::mean_rates_ps(work.belt, work.posts(), kind);
  }
  return terrain::write_raster(
      (folder / "coverage.tif").string(), raster.bounds(), raster.columns(), raster.rows(), bands,
      [&](std::size_t band, int row, std::span<float> values) {
        const auto cells = raster.row(row);
        for (std::size_t i = 0; i < values.size(); ++i) {
          values[i] = std::numeric_limits<float>::quiet_NaN();
          if (cells[i] == plan::BeltRaster::kNone) continue;
          values[i] = static_cast<float>(-std::expm1(-kMinute_s * rates_ps[band][cells[i]]));
        }
      });
}

}  // namespace marsad::app
