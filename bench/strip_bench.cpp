// SPDX-License-Identifier: Apache-2.0
// A border of 600 km that runs askew, its ground 30 m apart in a strip of 40 km and 900 m apart in
// all around: how long the elevation takes to open and to answer rays, and in how much memory. The
// ground is made up; the files are GeoTIFFs, tiled, deflated and sparse, as such mosaics come.
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <fstream>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/check.h"
#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "terrain/tiles.h"
#include "tests/support/temporary_folder.h"

namespace marsad {
namespace {

constexpr double kNorth_deg = 37, kWest_deg = 38;
constexpr double kFine_deg = 1.0 / 3600;  // some 30 m
constexpr int kNodes = 15'000;            // of the box's side: 463 by some 385 km, 602 km across
constexpr int kCoarser = 30;
constexpr double kHalfWidth_m = 20'000;

double processor_s(const auto& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

// Steppe with hills, by seconds of arc from the north-west corner.
float ground_m(double x, double y) {
  return static_cast<float>(300 + 120 * std::sin(x / 310) * std::cos(y / 270) +
                            25 * std::sin(x / 41 + y / 57) + 3 * std::cos(x / 7 - y / 9));
}

// Metres from the diagonal.
double off_line_m(double x, double y) {
  const double east_m = 30.9 * 0.83 * x, south_m = 30.9 * y;
  const double along_x = 0.83 / std::hypot(0.83, 1), along_y = 1 / std::hypot(0.83, 1);
  return std::abs(east_m * along_y - south_m * along_x);
}

GDALDatasetUniquePtr create(const std::string& file, int nodes, double step_deg) {
  GDALAllRegister();
  std::string tiled = "TILED=YES", sparse = "SPARSE_OK=TRUE", packed = "COMPRESS=DEFLATE";
  std::array<char*, 4> options = {tiled.data(), sparse.data(), packed.data(), nullptr};
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.c_str(), nodes, nodes, 1, GDT_Float32, options.data()));
  OGRSpatialReference reference;
  reference.SetWellKnownGeogCS("WGS84");
  dataset->SetSpatialRef(&reference);
  std::array<double, 6> pixels = {kWest_deg - step_deg / 2,  step_deg, 0,
                                  kNorth_deg + step_deg / 2, 0,        -step_deg};
  dataset->SetGeoTransform(pixels.data());
  dataset->GetRasterBand(1)->SetNoDataValue(-32768);
  return dataset;
}

// Block by block, those off the strip left out.
void write_ground(const std::string& file, int nodes, double step_deg, double half_width_m) {
  constexpr int kBlock = 256;
  const GDALDatasetUniquePtr dataset = create(file, nodes, step_deg);
  const double step = step_deg / kFine_deg;
  std::vector<float> heights_m(std::size_t{kBlock} * kBlock);
  for (int row = 0; row < nodes; row += kBlock) {
    for (int column = 0; column < nodes; column += kBlock) {
      const int columns = std::min(kBlock, nodes - column), rows = std::min(kBlock, nodes - row);
      bool has_ground = false;
      for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
          const double x = step * (column + c), y = step * (row + r);
          const bool is_near = off_line_m(x, y) <= half_width_m;
          has_ground = has_ground || is_near;
          heights_m[static_cast<std::size_t>(r * columns + c)] = is_near ? ground_m(x, y) : -32768;
        }
      }
      if (!has_ground) continue;
      const CPLErr written = dataset->GetRasterBand(1)->RasterIO(GF_Write, column, row, columns,
                                                                 rows, heights_m.data(), columns,
                                                                 rows, GDT_Float32, 0, 0, nullptr);
      CHECK(written == CE_None);
    }
  }
}

double peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

// Towers along the line take turns, as cameras do: each asks some rays of 12 degrees, then the
// next. Returns the share that met the ground.
double rays(const terrain::Elevation& ground, int count, bool in_order) {
  constexpr int kTowers = 600, kTogether = 50;
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(0, 1);
  const terrain::Bounds b = ground.bounds();
  int hits = 0, tower = 0;
  for (int i = 0; i < count; ++i) {
    if (i % kTogether == 0)
      tower = in_order ? i / kTogether % kTowers : static_cast<int>(kTowers * unit(random));
    const double share = (tower + 0.5) / kTowers;
    geo::Geodetic eye{b.north_rad - share * (b.north_rad - b.south_rad),
                      b.west_rad + share * (b.east_rad - b.west_rad), 0};
    eye.height_m = ground.height_m(eye.lat_rad, eye.lon_rad).value_or(0) + 30;
    const double azimuth = geo::radians(37 * tower + 12 * unit(random));
    const double down = geo::radians(0.3 + 1.5 * unit(random));
    const geo::Enu ray{std::sin(azimuth) * std::cos(down), std::cos(azimuth) * std::cos(down),
                       -std::sin(down)};
    hits += ray_to_ground(ground, eye, ray, 20'000) ? 1 : 0;
  }
  return double{1} * hits / count;
}

void measure(const std::vector<terrain::ElevationFile>& files, std::size_t cache_mb) {
  constexpr int kRays = 1'000'000;
  constexpr double kMega = 1 << 20;
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
  std::optional<terrain::Elevation> ground;
  const double open_s = processor_s([&] {
    auto opened = terrain::Elevation::open(files, {-1.5, 1.5, -3.1, 3.1}, cache_mb << 20);
    if (opened) ground = *std::move(opened);
  });
  CHECK(ground.has_value());
  double share = 0;
  const double turns_s = processor_s([&] { share = rays(*ground, kRays, true); });
  const double random_s = processor_s([&] { rays(*ground, kRays, false); });
  CHECK(share > 0.9);  // or they would be rays into the sky
  fmt::print("{} MB  {:.0f}  {:.1f}  {:.0f}  {:.0f}  {:.0f}  {:.0f}\n", cache_mb,
             1e-6 * ground->columns() * ground->rows(), open_s, 1e-3 * kRays / turns_s,
             1e-3 * kRays / random_s, static_cast<double>(ground->tiles().bytes_held()) / kMega,
             peak_mb());
}

void run() {
  const test::TemporaryFolder folder;
  const std::string fine = folder.file("fine.tif"), coarse = folder.file("coarse.tif");
  write_ground(fine, kNodes, kFine_deg, kHalfWidth_m);
  write_ground(coarse, kNodes / kCoarser + 1, kCoarser * kFine_deg, 1e9);
  fmt::print(
      "cache  million nodes  opening s  1000 rays/s in turn  1000 rays/s at random  tiles MB  "
      "peak MB\n");
  for (const std::size_t cache_mb : {16U, 64U, 256U}) measure({{fine}, {coarse}}, cache_mb);
}

}  // namespace
}  // namespace marsad

int main() { marsad::run(); }
