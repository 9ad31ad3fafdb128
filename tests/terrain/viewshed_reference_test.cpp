// SPDX-License-Identifier: Apache-2.0
// Viewsheds of real ground against exact answers that were computed elsewhere.
#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "terrain/exact_sight.h"
#include "terrain/ground_map.h"
#include "tests/support/real_data.h"

namespace marsad::terrain {
namespace {

constexpr double kObserver_m = 20;
constexpr double kTarget_m = 1.5;

struct Case {
  const char* name;
  double range_m;
};

class ReferenceMask : public testing::TestWithParam<std::tuple<Case, bool>> {};

// The middle cell of the elevation that a reference was computed on.
MapPoint middle_of(const std::string& file) {
  GDALAllRegister();
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  std::array<double, 6> p{};
  dataset->GetGeoTransform(p.data());
  return {p[0] + (dataset->GetRasterXSize() / 2 + 0.5) * p[1],
          p[3] + (dataset->GetRasterYSize() / 2 + 0.5) * p[5]};
}

std::vector<std::uint8_t> answers_of(const std::string& file, int band) {
  const GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  const int columns = dataset->GetRasterXSize(), rows = dataset->GetRasterYSize();
  std::vector<std::uint8_t> answers(static_cast<std::size_t>(columns * rows));
  EXPECT_EQ(dataset->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, columns, rows, answers.data(),
                                                   columns, rows, GDT_Byte, 0, 0, nullptr),
            CE_None);
  return answers;
}

TEST_P(ReferenceMask, IsTheExactRayTests) {
  const auto& [known, curvature] = GetParam();
  const std::string stem = std::string("geo/viewshed_ref/") + known.name;
  const auto elevation = test::real_data(stem + "_dem.tif");
  const auto reference = test::real_data(stem + "_ref.tif");
  if (!elevation || !reference) GTEST_SKIP();
  // Read whole, so that its cells are the reference's.
  const std::vector<MapPlace> places{middle_of(elevation->string())};
  const auto map = GroundMap::read(elevation->string(), places, 1e5);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  ViewshedSettings settings;
  settings.observer = map->places.front();
  settings.observer_height_m = kObserver_m;
  settings.range_m = known.range_m;
  settings.curvature = curvature;
  const auto layer = sight(map->grid, settings, kTarget_m);
  const auto answers = answers_of(reference->string(), curvature ? 1 : 2);
  ASSERT_EQ(layer->sight.size(), answers.size());
  int cells = 0, agree = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (answers[i] == 255) continue;
    ++cells;
    agree += layer->sight[i] == ((answers[i] & 1) != 0 ? Sight::seen : Sight::hidden);
  }
  EXPECT_GT(cells, 300'000);
  EXPECT_GE(double{1} * agree / cells, 0.9999);
  RecordProperty("share", std::to_string(double{1} * agree / cells));
}

INSTANTIATE_TEST_SUITE_P(Real, ReferenceMask,
                         testing::Combine(testing::Values(Case{"golan30_10km", 10'000},
                                                          Case{"jor90_hill", 30'000}),
                                          testing::Bool()),
                         [](const auto& test_case) {
                           return std::string(std::get<0>(test_case.param).name) +
                                  (std::get<1>(test_case.param) ? "_round" : "_flat");
                         });

// The stated error of heights, on ground that no setting was chosen on.
TEST(RealViewshed, HasHeightsWithinTheStatedError) {
  const auto elevation = test::real_data("geo/jordan_n31e035_srtm3v2_90m.tif");
  if (!elevation) GTEST_SKIP();
  for (const auto& [lat_deg, lon_deg] : {std::pair{31.7, 35.3}, {31.52, 35.09}, {31.3, 35.7}}) {
    const std::vector<MapPlace> places{
        geo::Geodetic{geo::radians(lat_deg), geo::radians(lon_deg), 0}};
    const auto map = GroundMap::read(elevation->string(), places, 20'000);
    ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
    ViewshedSettings settings;
    settings.observer = map->places.front();
    settings.observer_height_m = kObserver_m;
    settings.range_m = 20'000;
    const auto layer = least_visible_heights(map->grid, settings);
    const Eye eye{settings.observer, *height_at(map->grid, settings.observer) + kObserver_m,
                  (1 - kRefraction) / (2 * kEarthRadius_m)};
    int cells = 0, off = 0, wrong_zero = 0;
    for (int row = 0; row < map->grid.rows; ++row) {
      for (int column = 0; column < map->grid.columns; ++column) {
        const double told_m = double{layer->least_m[map->grid.index(column, row)]};
        if (std::isnan(told_m)) continue;
        const double exact_m = std::max(0.0, exact_least_height_m(map->grid, eye, column, row));
        ++cells;
        off += std::abs(told_m - exact_m) > kUsualHeightError_m;
        wrong_zero += (told_m == 0) != (exact_m == 0);
      }
    }
    EXPECT_GT(cells, 100'000);
    EXPECT_LE(off, cells / 1000) << lat_deg << ", " << lon_deg;
    EXPECT_LE(wrong_zero, cells / 10'000) << lat_deg << ", " << lon_deg;
  }
}

}  // namespace
}  // namespace marsad::terrain
