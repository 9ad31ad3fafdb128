// SPDX-License-Identifier: Apache-2.0
#include "terrain/geoid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <utility>

#include "terrain/raster.h"

namespace marsad::terrain {
namespace {

constexpr char kFile[] = "egm96_15.gtx";
constexpr std::size_t kMostNodes = 100'000'000;

}  // namespace

base::Result<Geoid> Geoid::egm96() {
  std::string searched;
  char** paths = OSRGetPROJSearchPaths();
  std::filesystem::path found;
  for (char** path = paths; path != nullptr && *path != nullptr; ++path) {
    const std::filesystem::path file = std::filesystem::path(*path) / kFile;
    searched += fmt::format(" {}", *path);
    std::error_code code;
    if (found.empty() && std::filesystem::exists(file, code)) found = file;
  }
  CSLDestroy(paths);
  if (!found.empty()) return open(found.string());
  return base::Error{kFile, fmt::format("the geoid EGM96 is not in{}; expected Debian's package "
                                        "proj-data to be installed, or PROJ_DATA to name its "
                                        "folder",
                                        searched)};
}

base::Result<Geoid> Geoid::open(const std::string& file) {
  const QuietGdal gdal;
  const auto raster = open_raster(file, gdal);
  if (!raster) return raster.error();
  const Affine& p = raster->pixels;
  const int columns = raster->columns(), rows = raster->rows();
  constexpr double kSame = 1e-6;
  const bool whole = p.north_up() && std::abs(columns * p.c[1] - 360) < kSame &&
                     std::abs(p.y(0, 0.5) - 90) < kSame &&
                     std::abs(p.y(0, rows - 0.5) + 90) < kSame;
  if (!whole || Window{0, 0, columns, rows}.size() > kMostNodes) {
    return base::Error{file,
                       "is no grid of the whole Earth; expected latitudes from pole to pole "
                       "and longitudes once around"};
  }
  auto undulations_m = read_window(*raster, {0, 0, columns, rows}, gdal);
  if (!undulations_m) return undulations_m.error();
  const bool has_void = std::any_of(undulations_m->begin(), undulations_m->end(),
                                    [](float undulation) { return std::isnan(undulation); });
  if (has_void) return base::Error{file, "has voids; expected a height at every node"};
  return Geoid(columns, rows, p.x(0.5, 0), *std::move(undulations_m));
}

Geoid::Geoid(int columns, int rows, double west_deg, std::vector<float> undulations_m)
    : columns_(columns),
      rows_(rows),
      west_deg_(west_deg),
      undulations_m_(std::move(undulations_m)) {}

double Geoid::node_m(int column, int row) const {
  return double{undulations_m_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                               static_cast<std::size_t>(column % columns_)]};
}

double Geoid::undulation_m(double lat_rad, double lon_rad) const {
  const double around = (geo::degrees(lon_rad) - west_deg_) / 360;
  const double column = (around - std::floor(around)) * columns_;
  const double row = std::clamp((90 - geo::degrees(lat_rad)) / 180, 0.0, 1.0) * (rows_ - 1);
  const int left = std::min(static_cast<int>(column), columns_ - 1);
  const int top = std::min(static_cast<int>(row), rows_ - 2);
  const double u = column - left, v = row - top;
  return (1 - v) * ((1 - u) * node_m(left, top) + u * node_m(left + 1, top)) +
         v * ((1 - u) * node_m(left, top + 1) + u * node_m(left + 1, top + 1));
}

}  // namespace marsad::terrain
