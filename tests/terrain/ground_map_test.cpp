// SPDX-License-Identifier: Apache-2.0
#include "terrain/ground_map.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <functional>

#include "tests/support/temporary_folder.h"

namespace marsad::terrain {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr float kNoData = -9999;

struct Made {
  int columns = 50;
  int rows = 40;
  int system = 32638;  // UTM zone 38 north; 0: none
  std::array<double, 6> place{300'000, 30, 0, 3'700'000, 0, -30};
  bool is_sparse = false;
};

// A raster whose heights are 1000 times the column plus the row; none are written to a sparse one.
std::string made(const test::TemporaryFolder& folder, const Made& like) {
  GDALAllRegister();
  const std::string file = folder.file("elevation.tif");
  const char* sparse[] = {"SPARSE_OK=TRUE", "TILED=YES", "COMPRESS=DEFLATE", nullptr};
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.c_str(), like.columns, like.rows, 1, GDT_Float32,
      like.is_sparse ? const_cast<char**>(sparse) : nullptr));
  if (like.system != 0) {
    OGRSpatialReference system;
    system.importFromEPSG(like.system);
    dataset->SetSpatialRef(&system);
  }
  std::array<double, 6> place = like.place;
  dataset->SetGeoTransform(place.data());
  GDALRasterBand* band = dataset->GetRasterBand(1);
  band->SetNoDataValue(double{kNoData});
  if (like.is_sparse) return file;
  std::vector<float> heights_m;
  for (int row = 0; row < like.rows; ++row)
    for (int column = 0; column < like.columns; ++column)
      heights_m.push_back(row == 3 && column == 4 ? kNoData
                                                  : static_cast<float>(1000 * column + row));
  EXPECT_EQ(band->RasterIO(GF_Write, 0, 0, like.columns, like.rows, heights_m.data(), like.columns,
                           like.rows, GDT_Float32, 0, 0, nullptr),
            CE_None);
  return file;
}

base::Result<GroundMap> read(const std::string& file, MapPlace place, double range_m) {
  return GroundMap::read(file, std::vector<MapPlace>{place}, range_m);
}

TEST(GroundMap, HoldsTheCellsWithinRangeAndNoMore) {
  const test::TemporaryFolder folder;
  const auto map = read(made(folder, {}), MapPoint{300'000 + 20.5 * 30, 3'700'000 - 10.5 * 30}, 95);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  EXPECT_EQ(map->grid.columns, 9);
  EXPECT_EQ(map->grid.rows, 9);
  EXPECT_EQ(map->grid.height_m(0, 0), 16'006);
  EXPECT_NEAR(map->places.front().column, 4, 1e-9);
  EXPECT_NEAR(map->places.front().row, 4, 1e-9);
  EXPECT_DOUBLE_EQ(map->cells[0], 300'000 + 16 * 30);
  EXPECT_DOUBLE_EQ(map->cells[3], 3'700'000 - 6 * 30);
  EXPECT_DOUBLE_EQ(map->grid.column_step_m, 30);
  EXPECT_DOUBLE_EQ(map->grid.row_step_m, 30);
}

TEST(GroundMap, IsCutAtTheEdgeAndKeepsVoids) {
  const test::TemporaryFolder folder;
  const auto map = read(made(folder, {}), MapPoint{300'010, 3'699'990}, 10'000);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  EXPECT_EQ(map->grid.columns, 50);
  EXPECT_EQ(map->grid.rows, 40);
  EXPECT_TRUE(std::isnan(map->grid.height_m(4, 3)));
  // Within half a cell of the edge the observer stands on the outermost centres.
  EXPECT_EQ(map->places.front().column, 0);
  EXPECT_EQ(map->places.front().row, 0);
}

TEST(GroundMap, FindsLatitudeAndLongitude) {
  const test::TemporaryFolder folder;
  // The central meridian of zone 38 is 45 E; there x is 500 km, and y the meridian's length times
  // 0.9996: 3 763 km at 34 N [published tables: 3 763 750 m on the ellipsoid].
  Made like;
  like.place = {499'985, 30, 0, 3'763'000, 0, -30};
  const auto map =
      read(made(folder, like), geo::Geodetic{geo::radians(34), geo::radians(45), 0}, 60);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  const double x = map->cells[0] + (map->places.front().column + 0.5) * 30;
  EXPECT_NEAR(x, 500'000, 0.01);
}

TEST(GroundMap, OfDegreesHasStepsOfTheObserversLatitude) {
  const test::TemporaryFolder folder;
  Made like;
  like.system = 4326;
  like.place = {41, 0.001, 0, 34.02, 0, -0.001};
  const auto map =
      read(made(folder, like), geo::Geodetic{geo::radians(34), geo::radians(41.02), 0}, 1000);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  // Degrees at 34 N on WGS 84: 92 385 m of longitude and 110 922 m of latitude.
  EXPECT_NEAR(map->grid.column_step_m, 92.385, 0.002);
  EXPECT_NEAR(map->grid.row_step_m, 110.922, 0.002);
}

TEST(GroundMap, SaysWhatIsWrongWithAFileOrAPlace) {
  const test::TemporaryFolder folder;
  const MapPoint inside{300'500, 3'699'500};
  EXPECT_THAT(base::to_string(read(folder.file("none.tif"), inside, 100).error()),
              HasSubstr("none.tif: can't be read"));
  const std::string file = made(folder, {});
  EXPECT_THAT(read(file, MapPoint{299'000, 3'699'500}, 100).error().message,
              AllOf(HasSubstr("299000"), HasSubstr("not on the map")));
  EXPECT_FALSE(read(file, MapPoint{NAN, 3'699'500}, 100).has_value());
  EXPECT_THAT(
      read(file, geo::Geodetic{geo::radians(-60), geo::radians(10), 0}, 100).error().message,
      HasSubstr("observer"));
  Made nowhere;
  nowhere.system = 0;
  EXPECT_THAT(read(made(folder, nowhere), inside, 100).error().message,
              HasSubstr("no coordinate system"));
  Made turned;
  turned.place[2] = 5;
  EXPECT_THAT(read(made(folder, turned), inside, 100).error().message, HasSubstr("turned"));
}

TEST(GroundMap, RefusesDegreesBeyondThePole) {
  const test::TemporaryFolder folder;
  Made beyond;
  beyond.system = 4326;
  beyond.place = {41, 0.1, 0, 93, 0, -0.1};
  EXPECT_THAT(read(made(folder, beyond), MapPoint{42, 92}, 100).error().message,
              HasSubstr("no length"));
}

TEST(GroundMap, OfAHugeRasterIsTheWindowInRangeOrRefused) {
  const test::TemporaryFolder folder;
  Made huge;
  huge.columns = huge.rows = 40'000;
  huge.place = {0, 30, 0, 4'000'000, 0, -30};
  huge.is_sparse = true;
  const std::string file = made(folder, huge);
  const MapPoint middle{600'000, 3'400'000};
  const auto near = read(file, middle, 3000);
  ASSERT_TRUE(near.has_value()) << base::to_string(near.error());
  EXPECT_LE(near->grid.columns, 203);
  const auto all = read(file, middle, 600'000);
  ASSERT_FALSE(all.has_value());
  EXPECT_THAT(all.error().message, AllOf(HasSubstr("million nodes"), HasSubstr("at most 100")));
}

TEST(GroundMap, OfManyPlacesHoldsWhatIsInRangeOfAny) {
  const test::TemporaryFolder folder;
  const std::vector<MapPlace> places{MapPoint{300'000 + 10.5 * 30, 3'700'000 - 10.5 * 30},
                                     MapPoint{300'000 + 30.5 * 30, 3'700'000 - 20.5 * 30}};
  const auto map = GroundMap::read(made(folder, {}), places, 60);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  EXPECT_EQ(map->grid.columns, 25);
  EXPECT_EQ(map->grid.rows, 15);
  const MapPart part = part_around(*map, map->places[1], 60);
  EXPECT_EQ(part.column, 20);
  EXPECT_EQ(part.row, 10);
  EXPECT_EQ(part.grid.columns, 5);
  EXPECT_EQ(part.grid.rows, 5);
  EXPECT_EQ(part.grid.height_m(2, 2), 30'020);
}

TEST(GroundMap, LayersComeBackFromTheirFiles) {
  const test::TemporaryFolder folder;
  const auto map = read(made(folder, {}), MapPoint{300'615, 3'699'685}, 200);
  ASSERT_TRUE(map.has_value()) << base::to_string(map.error());
  ViewshedSettings settings;
  settings.observer = map->places.front();
  settings.observer_height_m = 20;
  settings.range_m = 200;
  const auto heights = least_visible_heights(map->grid, settings);
  const auto mask = sight(map->grid, settings, 1.5);
  const std::string file = folder.file("layer.tif");
  const int columns = map->grid.columns, rows = map->grid.rows;

  ASSERT_TRUE(write_layer(file, *map, *mask, "told of it").has_value());
  GDALDatasetUniquePtr written(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  ASSERT_NE(written, nullptr);
  EXPECT_STREQ(written->GetMetadataItem("TIFFTAG_IMAGEDESCRIPTION"), "told of it");
  EXPECT_EQ(written->GetRasterBand(1)->GetNoDataValue(), 255);
  std::vector<std::uint8_t> bytes(mask->sight.size());
  ASSERT_EQ(written->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, bytes.data(), columns,
                                                rows, GDT_Byte, 0, 0, nullptr),
            CE_None);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    EXPECT_EQ(bytes[i], static_cast<std::uint8_t>(mask->sight[i]));
  std::array<double, 6> place{};
  written->GetGeoTransform(place.data());
  EXPECT_EQ(place, map->cells);

  ASSERT_TRUE(write_layer(file, *map, *heights, "heights").has_value());
  written.reset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  std::vector<float> least_m(heights->least_m.size());
  ASSERT_EQ(written->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, columns, rows, least_m.data(),
                                                columns, rows, GDT_Float32, 0, 0, nullptr),
            CE_None);
  for (std::size_t i = 0; i < least_m.size(); ++i)
    EXPECT_TRUE(least_m[i] == heights->least_m[i] ||
                (std::isnan(least_m[i]) && std::isnan(heights->least_m[i])));
  EXPECT_FALSE(std::filesystem::exists(file + ".part"));
}

TEST(GroundMap, SaysWhereALayerCantBeWritten) {
  const test::TemporaryFolder folder;
  const auto map = read(made(folder, {}), MapPoint{300'615, 3'699'685}, 200);
  const SightLayer layer{std::vector<Sight>(map->grid.heights_m.size(), Sight::seen)};
  const auto written = write_layer(folder.file("no/such/folder.tif"), *map, layer, "");
  ASSERT_FALSE(written.has_value());
  EXPECT_THAT(base::to_string(written.error()), HasSubstr("folder.tif: can't be created"));
}

}  // namespace
}  // namespace marsad::terrain
