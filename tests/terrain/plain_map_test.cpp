// SPDX-License-Identifier: Apache-2.0
// Rasters read and layers written without GDAL, against GDAL.
#include "terrain/plain_map.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>

#include "tests/support/real_data.h"
#include "tests/support/temporary_folder.h"

namespace marsad::terrain {
namespace {

constexpr int kColumns = 301, kRows = 207;

// A raster to be made by GDAL.
struct Made {
  GDALDataType type = GDT_Float32;
  std::vector<std::string> options;
  int system = 32638;
  std::array<double, 6> place{300'000.25, 30, 0, 3'700'000.75, 0, -30};
  std::optional<double> nodata = -9999;
  std::function<void(GDALDataset&)> change = [](GDALDataset&) {};
};

Made in_degrees() {
  Made like;
  like.system = 4326;
  like.place = {41.1, 1.0 / 1200, 0, 34.2, 0, -1.0 / 1200};
  return like;
}

double height_m(int column, int row) {
  if (column % 31 == 7 && row % 13 == 5) return -9999;
  return std::round(700 + 500 * std::sin(column / 17.0) * std::cos(row / 11.0)) + column % 3;
}

std::string made(const test::TemporaryFolder& folder, const Made& like) {
  GDALAllRegister();
  const std::string file = folder.file("elevation.tif");
  std::filesystem::remove(file + ".aux.xml");
  std::vector<char*> options;
  std::vector<std::string> words = like.options;
  for (std::string& word : words) options.push_back(word.data());
  options.push_back(nullptr);
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.c_str(), kColumns, kRows, 1, like.type, options.data()));
  OGRSpatialReference system;
  system.importFromEPSG(like.system);
  dataset->SetSpatialRef(&system);
  std::array<double, 6> place = like.place;
  dataset->SetGeoTransform(place.data());
  if (like.nodata) dataset->GetRasterBand(1)->SetNoDataValue(*like.nodata);
  like.change(*dataset);
  std::vector<double> heights_m;
  for (int row = 0; row < kRows; ++row)
    for (int column = 0; column < kColumns; ++column) heights_m.push_back(height_m(column, row));
  EXPECT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Write, 0, 0, kColumns, kRows, heights_m.data(),
                                                kColumns, kRows, GDT_Float64, 0, 0, nullptr),
            CE_None);
  return file;
}

MapPlace middle_of(const Made& like) {
  return MapPoint{like.place[0] + like.place[1] * kColumns / 2,
                  like.place[3] + like.place[5] * kRows / 2};
}

std::vector<std::uint32_t> bits_of(const std::vector<float>& numbers) {
  std::vector<std::uint32_t> bits;
  for (const float number : numbers) bits.push_back(std::bit_cast<std::uint32_t>(number));
  return bits;
}

struct Read {
  std::string system;
  std::array<double, 6> place{};
  std::vector<double> numbers;
  double nodata = 0;
  std::string unit, told, area_or_point;
  GDALDataType type = GDT_Unknown;
};

Read by_gdal(const std::string& file) {
  GDALDatasetUniquePtr dataset(GDALDataset::Open(file.c_str(), GDAL_OF_RASTER));
  Read read;
  if (!dataset) return read;
  GDALRasterBand* band = dataset->GetRasterBand(1);
  const auto word = [&](const char* name) {
    const char* value = dataset->GetMetadataItem(name);
    return std::string(value == nullptr ? "" : value);
  };
  read.system = dataset->GetProjectionRef();
  dataset->GetGeoTransform(read.place.data());
  read.nodata = band->GetNoDataValue();
  read.unit = band->GetUnitType();
  read.told = word("TIFFTAG_IMAGEDESCRIPTION");
  read.area_or_point = word("AREA_OR_POINT");
  read.type = band->GetRasterDataType();
  const int columns = dataset->GetRasterXSize(), rows = dataset->GetRasterYSize();
  read.numbers.resize(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
  EXPECT_EQ(band->RasterIO(GF_Read, 0, 0, columns, rows, read.numbers.data(), columns, rows,
                           GDT_Float64, 0, 0, nullptr),
            CE_None);
  return read;
}

void expect_same(const Read& a, const Read& b) {
  EXPECT_EQ(a.system, b.system);
  EXPECT_EQ(a.place, b.place);
  EXPECT_EQ(a.nodata == b.nodata || std::isnan(a.nodata) == std::isnan(b.nodata), true);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.told, b.told);
  EXPECT_EQ(a.area_or_point, b.area_or_point);
  EXPECT_EQ(a.type, b.type);
  ASSERT_EQ(a.numbers.size(), b.numbers.size());
  std::size_t differ = 0;
  for (std::size_t i = 0; i < a.numbers.size(); ++i)
    differ +=
        std::bit_cast<std::uint64_t>(a.numbers[i]) != std::bit_cast<std::uint64_t>(b.numbers[i]);
  EXPECT_EQ(differ, 0U);
}

// That a file is read, and its layers are written, as by GDAL.
void expect_as_by_gdal(const std::string& file, MapPlace place, double range_m) {
  const std::vector<MapPlace> places{place};
  const auto plain = read_plain_map(file, places, range_m);
  ASSERT_TRUE(plain.has_value());
  const auto gdals = GroundMap::read_by_gdal(file, places, range_m);
  ASSERT_TRUE(gdals.has_value()) << base::to_string(gdals.error());
  EXPECT_EQ(plain->grid.columns, gdals->grid.columns);
  EXPECT_EQ(plain->grid.rows, gdals->grid.rows);
  EXPECT_EQ(plain->grid.column_step_m, gdals->grid.column_step_m);
  EXPECT_EQ(plain->grid.row_step_m, gdals->grid.row_step_m);
  EXPECT_EQ(plain->cells, gdals->cells);
  EXPECT_EQ(plain->places.front().column, gdals->places.front().column);
  EXPECT_EQ(plain->places.front().row, gdals->places.front().row);
  EXPECT_EQ(plain->semi_major_m, gdals->semi_major_m);
  EXPECT_EQ(plain->flattening, gdals->flattening);
  EXPECT_EQ(plain->metres_per_unit, gdals->metres_per_unit);
  EXPECT_EQ(plain->radians_per_unit, gdals->radians_per_unit);
  EXPECT_TRUE(bits_of(plain->grid.heights_m) == bits_of(gdals->grid.heights_m));

  const test::TemporaryFolder folder;
  ViewshedSettings settings;
  settings.observer = plain->places.front();
  settings.observer_height_m = 20;
  settings.range_m = range_m;
  const auto heights = least_visible_heights(plain->grid, settings);
  const auto mask = sight(plain->grid, settings, 1.5);
  ASSERT_TRUE(heights.has_value() && mask.has_value());
  const auto both = [&](const auto& layer) {
    ASSERT_TRUE(write_plain_layer(folder.file("plain.tif"), *plain, layer, "told of it"));
    ASSERT_TRUE(write_layer(folder.file("gdals.tif"), *gdals, layer, "told of it"));
    expect_same(by_gdal(folder.file("plain.tif")), by_gdal(folder.file("gdals.tif")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("gdals.tif.aux.xml")));
  };
  both(*heights);
  both(*mask);
}

TEST(PlainMap, IsReadAndWrittenAsByGdalWhateverTheLayout) {
  const test::TemporaryFolder folder;
  const std::vector<std::vector<std::string>> layouts{
      {},
      {"BLOCKYSIZE=1"},
      {"BLOCKYSIZE=207"},
      {"ENDIANNESS=BIG"},
      {"BIGTIFF=YES"},
      {"TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=32"},
      {"TILED=YES", "ENDIANNESS=BIG"},
      {"COMPRESS=DEFLATE"},
      {"COMPRESS=LZW", "BLOCKYSIZE=50"},
      {"COMPRESS=DEFLATE", "PREDICTOR=2", "TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128"},
      {"COMPRESS=LZW", "PREDICTOR=2", "ENDIANNESS=BIG", "TILED=YES"}};
  for (const GDALDataType type : {GDT_Int16, GDT_UInt16, GDT_Int32, GDT_Float32}) {
    for (const auto& options : layouts) {
      SCOPED_TRACE(std::string(GDALGetDataTypeName(type)) + " " + testing::PrintToString(options));
      Made like;
      like.type = type;
      like.options = options;
      const std::string file = made(folder, like);
      expect_as_by_gdal(file, middle_of(like), 1500);    // a part
      expect_as_by_gdal(file, middle_of(like), 50'000);  // all
    }
  }
  Made floats;
  floats.options = {"COMPRESS=DEFLATE", "PREDICTOR=3"};
  expect_as_by_gdal(made(folder, floats), middle_of(floats), 2000);
}

TEST(PlainMap, KnowsTheUsualCoordinateSystems) {
  const test::TemporaryFolder folder;
  const Made degrees = in_degrees();
  expect_as_by_gdal(made(folder, degrees), middle_of(degrees), 3000);
  for (const int code : {32601, 32660, 32701, 32760, 26901, 26923, 25828, 25838}) {
    SCOPED_TRACE(code);
    Made like;
    like.system = code;
    expect_as_by_gdal(made(folder, like), middle_of(like), 300);
  }
}

TEST(PlainMap, FindsLatitudeAndLongitudeWhereTheRasterIsInThem) {
  const test::TemporaryFolder folder;
  const geo::Geodetic place{geo::radians(34.1234567), geo::radians(41.2345678), 0};
  expect_as_by_gdal(made(folder, in_degrees()), place, 3000);
  Made metres;
  metres.place = {500'000, 30, 0, 3'780'000, 0, -30};
  const geo::Geodetic on_it{geo::radians(34.12), geo::radians(45.03), 0};
  const std::string file = made(folder, metres);
  EXPECT_FALSE(read_plain_map(file, std::vector<MapPlace>{on_it}, 500));
  const auto map = GroundMap::read(file, std::vector<MapPlace>{on_it}, 500);
  EXPECT_TRUE(map.has_value()) << base::to_string(map.error());
}

TEST(PlainMap, TakesPlacesOfPixelsCentresAsGdalDoes) {
  const test::TemporaryFolder folder;
  for (Made like : {Made{}, in_degrees()}) {
    like.change = [](GDALDataset& dataset) {
      dataset.SetMetadataItem(GDALMD_AREA_OR_POINT, GDALMD_AOP_POINT);
    };
    expect_as_by_gdal(made(folder, like), middle_of(like), 2000);
  }
}

TEST(PlainMap, TakesVoidsAsGdalDoes) {
  const test::TemporaryFolder folder;
  for (const double nodata :
       {-9999.0, 700.0, -32768.0, 1e30, -3.4028234663852886e+38, 0.1,
        std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    SCOPED_TRACE(nodata);
    Made like;
    like.nodata = nodata;
    expect_as_by_gdal(made(folder, like), middle_of(like), 2000);
  }
  Made none;
  none.nodata.reset();
  expect_as_by_gdal(made(folder, none), middle_of(none), 2000);
}

TEST(PlainMap, LeavesToGdalWhatMayChangeAnything) {
  const test::TemporaryFolder folder;
  const auto is_left = [&](const Made& like) {
    return !read_plain_map(made(folder, like), std::vector<MapPlace>{middle_of(like)}, 500);
  };
  EXPECT_FALSE(is_left({}));
  for (const GDALDataType type : {GDT_Byte, GDT_UInt32, GDT_Float64}) {
    Made like;
    like.type = type;
    EXPECT_TRUE(is_left(like)) << GDALGetDataTypeName(type);
  }
  for (const char* option : {"COMPRESS=ZSTD", "COMPRESS=PACKBITS", "PHOTOMETRIC=MINISWHITE"}) {
    Made like;
    like.options = {option};
    EXPECT_TRUE(is_left(like)) << option;
  }
  const std::vector<std::function<void(GDALDataset&)>> changes{
      [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetScale(0.1); },
      [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetOffset(5); },
      [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetUnitType("ft"); },
      [](GDALDataset& dataset) { dataset.SetMetadataItem("odd", "' role"); },
      [](GDALDataset& dataset) {
        std::array<double, 6> turned{300'000, 30, 5, 3'700'000, 5, -30};
        dataset.SetGeoTransform(turned.data());
      },
      [](GDALDataset& dataset) {
        std::array<double, 6> south_up{300'000, 30, 0, 3'700'000, 0, 30};
        dataset.SetGeoTransform(south_up.data());
      }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Made like;
    like.change = changes[i];
    EXPECT_TRUE(is_left(like)) << i;
  }
  // Feet, other ellipsoids and projections, heights' own systems.
  for (const int code : {2225, 3857, 27700, 4267, 4269, 4258, 3035, 5773}) {
    Made like;
    like.system = code;
    EXPECT_TRUE(is_left(like)) << code;
  }
}

TEST(PlainMap, KeepsMetresButNoOtherUnit) {
  const test::TemporaryFolder folder;
  Made like;
  like.change = [](GDALDataset& dataset) {
    dataset.GetRasterBand(1)->SetUnitType("m");
    dataset.SetMetadataItem("WHO", "someone");
  };
  expect_as_by_gdal(made(folder, like), middle_of(like), 2000);
}

TEST(PlainMap, LeavesMissingPiecesAndFilesBesideToGdal) {
  const test::TemporaryFolder folder;
  const Made like;
  const std::vector<MapPlace> places{middle_of(like)};
  const std::string file = made(folder, like);
  ASSERT_TRUE(read_plain_map(file, places, 500));
  std::ofstream(file + ".aux.xml") << "<PAMDataset></PAMDataset>\n";
  EXPECT_FALSE(read_plain_map(file, places, 500));
  std::filesystem::remove(file + ".aux.xml");
  EXPECT_FALSE(read_plain_map(folder.file("none.tif"), places, 500));
  EXPECT_FALSE(read_plain_map(folder.path().string(), places, 500));
  const auto size = std::filesystem::file_size(file);
  std::filesystem::resize_file(file, size * 2 / 3);
  EXPECT_FALSE(read_plain_map(file, places, 50'000));
}

TEST(PlainMap, LeavesPlacesOffTheMapToGdal) {
  const test::TemporaryFolder folder;
  const std::string file = made(folder, {});
  for (const MapPoint off : {MapPoint{299'000, 3'699'500}, MapPoint{NAN, 3'699'500}})
    EXPECT_FALSE(read_plain_map(file, std::vector<MapPlace>{off}, 500));
}

TEST(PlainMap, OfAHugeRasterReadsTheWindowOrLeavesIt) {
  const test::TemporaryFolder folder;
  GDALAllRegister();
  const std::string file = folder.file("huge.tif");
  const char* sparse[] = {"SPARSE_OK=TRUE", "TILED=YES", "COMPRESS=DEFLATE", nullptr};
  GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
      file.c_str(), 40'000, 40'000, 1, GDT_Float32, const_cast<char**>(sparse)));
  OGRSpatialReference system;
  system.importFromEPSG(32638);
  dataset->SetSpatialRef(&system);
  std::array<double, 6> place{0, 30, 0, 4'000'000, 0, -30};
  dataset->SetGeoTransform(place.data());
  std::vector<float> heights_m(1024 * 1024, 5);
  ASSERT_EQ(
      dataset->GetRasterBand(1)->RasterIO(GF_Write, 19'712, 19'712, 1024, 1024, heights_m.data(),
                                          1024, 1024, GDT_Float32, 0, 0, nullptr),
      CE_None);
  dataset.reset();
  const MapPlace there = MapPoint{20'000 * 30.0, 4'000'000 - 20'000 * 30.0};
  const MapPlace elsewhere = MapPoint{1000, 3'990'000};
  expect_as_by_gdal(file, there, 3000);
  // Tiles that are left out.
  EXPECT_FALSE(read_plain_map(file, std::vector<MapPlace>{elsewhere}, 3000));
  EXPECT_FALSE(read_plain_map(file, std::vector<MapPlace>{there}, 600'000));
}

TEST(PlainMap, OfRealRastersIsThatOfGdal) {
  int read = 0;
  for (const char* name :
       {"golan_srtm1_30m_utm36.tif", "greatbasin_n36-40_w120-114_ferranti3s_90m.tif",
        "iqsy_dted0_30s.tif", "jordan_n31e035_srtm3v2_90m.tif", "viewshed_ref/golan30_10km_dem.tif",
        "viewshed_ref/jor90_hill_dem.tif"}) {
    const auto file = test::real_data(std::string("geo/") + name);
    if (!file) continue;
    SCOPED_TRACE(name);
    GDALAllRegister();
    GDALDatasetUniquePtr dataset(GDALDataset::Open(file->c_str(), GDAL_OF_RASTER));
    std::array<double, 6> place{};
    dataset->GetGeoTransform(place.data());
    const MapPoint middle{place[0] + place[1] * (dataset->GetRasterXSize() / 2 + 0.3),
                          place[3] + place[5] * (dataset->GetRasterYSize() / 2 + 0.6)};
    expect_as_by_gdal(file->string(), middle, 20'000);
    ++read;
  }
  if (read == 0) GTEST_SKIP() << "the real data is missing";
}

TEST(PlainMap, SaysWhereALayerCantBeWritten) {
  const test::TemporaryFolder folder;
  const Made like;
  const auto map = read_plain_map(made(folder, like), std::vector<MapPlace>{middle_of(like)}, 500);
  ASSERT_TRUE(map.has_value());
  const SightLayer layer{std::vector<Sight>(map->grid.heights_m.size(), Sight::seen)};
  const auto nowhere = write_plain_layer(folder.file("no/such/folder.tif"), *map, layer, "");
  ASSERT_FALSE(nowhere.has_value());
  EXPECT_EQ(base::to_string(nowhere.error()),
            folder.file("no/such/folder.tif") + ": can't be created: No such file or directory");
  std::filesystem::create_directory(folder.file("taken"));
  const auto taken = write_plain_layer(folder.file("taken"), *map, layer, "");
  ASSERT_FALSE(taken.has_value());
  EXPECT_THAT(taken.error().message, testing::HasSubstr("can't be written"));
  EXPECT_FALSE(std::filesystem::exists(folder.file("taken.part")));
}

}  // namespace
}  // namespace marsad::terrain
