// SPDX-License-Identifier: Apache-2.0
#include "terrain/tiles.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <limits>
#include <random>
#include <thread>

#include "terrain/elevation.h"
#include "terrain/horizon.h"
#include "terrain/ray.h"
#include "terrain/tile_cache.h"
#include "tests/support/temporary_folder.h"

namespace marsad::terrain {
namespace {

using testing::HasSubstr;

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();
constexpr double kLat_deg = 34, kLon_deg = 41;

Bounds degrees(double south, double north, double west, double east) {
  return {geo::radians(south), geo::radians(north), geo::radians(west), geo::radians(east)};
}

// A fine grid with voids in it within two coarser ones, the last of which has a void as well.
struct Files {
  test::TemporaryFolder folder;
  std::vector<ElevationFile> files;
};

void write(Files& into, const std::string& name, Bounds bounds, int columns, int rows,
           const std::function<float(double, double)>& height_m) {
  std::vector<float> heights_m;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      heights_m.push_back(height_m(static_cast<double>(column) / (columns - 1),
                                   static_cast<double>(row) / (rows - 1)));
    }
  }
  const std::string file = into.folder.file(name);
  const auto grid = Elevation::from_grid(bounds, columns, rows, std::move(heights_m));
  RC_ASSERT(grid.write_geotiff(file).has_value());
  into.files.push_back({file});
}

void write_files(Files& into, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  const double hole_x = unit(random), hole_y = unit(random), phase = 6 * unit(random);
  const int nodes = 100 + static_cast<int>(90 * unit(random));
  const auto hills = [=](double x, double y) {
    return static_cast<float>(300 + 80 * std::sin(17 * x + phase) * std::cos(13 * y) +
                              9 * std::sin(90 * x - 70 * y));
  };
  const auto with_hole = [=](double size) {
    return [=](double x, double y) {
      return std::hypot(x - hole_x, y - hole_y) < size ? kVoid : hills(x, y);
    };
  };
  write(into, "fine.tif", degrees(kLat_deg, kLat_deg + 0.05, kLon_deg, kLon_deg + 0.06), nodes,
        nodes + 31, with_hole(0.2));
  write(into, "coarse.tif",
        degrees(kLat_deg - 0.02, kLat_deg + 0.06, kLon_deg - 0.02, kLon_deg + 0.1), 30, 21, hills);
  write(into, "wide.tif", degrees(kLat_deg - 0.1, kLat_deg + 0.1, kLon_deg - 0.1, kLon_deg + 0.12),
        9, 11, with_hole(0.25));
}

// What some hundred random nodes and rays say.
std::vector<double> asked(const Elevation& ground, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<double> told;
  const auto tell = [&told](double number) { told.push_back(std::isnan(number) ? -1e9 : number); };
  for (int i = 0; i < 150; ++i) {
    const int column = static_cast<int>(unit(random) * ground.columns());
    const int row = static_cast<int>(unit(random) * ground.rows());
    tell(double{ground.node_m(column, row)});
    geo::Geodetic eye = ground.place({column + unit(random) - 0.5, row + unit(random) - 0.5});
    eye.height_m = ground.height_m(eye.lat_rad, eye.lon_rad).value_or(400) + 20;
    const double azimuth = 6.28 * unit(random), down = 0.1 * unit(random);
    const auto hit = ray_to_ground(
        ground, eye,
        {std::sin(azimuth) * std::cos(down), std::cos(azimuth) * std::cos(down), -std::sin(down)},
        15'000);
    tell(hit ? hit->range_m : -1);
    tell(hit ? hit->grazing_rad : -1);
  }
  HorizonSettings settings;
  settings.count = 30;
  settings.step_rad = 0.2;
  geo::Geodetic eye = ground.place({ground.columns() / 2.0, ground.rows() / 2.0});
  eye.height_m = 500;
  for (const auto& point : horizon(ground, eye, settings)) {
    tell(point ? point->elevation_rad : -9);
  }
  return told;
}

Elevation opened(const Files& files, std::size_t cache_bytes) {
  auto ground = Elevation::open(files.files, degrees(30, 40, 35, 45), cache_bytes);
  RC_ASSERT(ground.has_value());
  return *std::move(ground);
}

RC_GTEST_PROP(Tiles, SayTheSameHoweverFewAreKept, ()) {
  Files files;
  const unsigned seed = *rc::gen::arbitrary<unsigned>();
  write_files(files, seed);
  const Elevation held = opened(files, std::size_t{1} << 30);
  RC_ASSERT(held.tiles().all_held());
  const std::vector<double> expected = asked(held, seed);
  for (const std::size_t cache_bytes :
       {std::size_t{0}, std::size_t{60'000}, std::size_t{150'000}}) {
    const Elevation some = opened(files, cache_bytes);
    RC_ASSERT(cache_bytes > 100'000 || !some.tiles().all_held());
    RC_ASSERT(some.highest_m() == held.highest_m());
    RC_ASSERT(some.lowest_m() == held.lowest_m());
    RC_ASSERT(some.void_share() == held.void_share());
    const bool is_same = asked(some, seed) == expected;
    RC_ASSERT(is_same);
    RC_ASSERT(some.tiles().bytes_held() <= std::max(cache_bytes, sizeof(Tile) + 17'100));
  }
}

TEST(Tiles, MayBeReadByManyThreads) {
  Files files;
  write_files(files, 5);
  const std::vector<double> expected = asked(opened(files, std::size_t{1} << 30), 5);
  const Elevation some = opened(files, 50'000);
  std::vector<std::vector<double>> told(4);
  {
    std::vector<std::jthread> threads;
    for (auto& one : told) threads.emplace_back([&] { one = asked(some, 5); });
  }
  for (const auto& one : told) EXPECT_EQ(one, expected);
  EXPECT_EQ(some.tiles().trouble().times, 0);
}

TEST(Tiles, StatisticsAreThoseOfAllNodes) {
  Files files;
  write_files(files, 7);
  const Elevation ground = opened(files, 0);
  double highest_m = -1e9, lowest_m = 1e9;
  int voids = 0;
  for (int row = 0; row < ground.rows(); ++row) {
    for (int column = 0; column < ground.columns(); ++column) {
      const double height_m = double{ground.node_m(column, row)};
      voids += std::isnan(height_m) ? 1 : 0;
      highest_m = std::fmax(highest_m, height_m), lowest_m = std::fmin(lowest_m, height_m);
    }
  }
  EXPECT_EQ(ground.highest_m(), highest_m);
  EXPECT_EQ(ground.lowest_m(), lowest_m);
  EXPECT_NEAR(ground.void_share() * ground.rows() * ground.columns(), voids, 1e-3);
  EXPECT_GT(voids, 0);
}

TEST(Tiles, OfACoarseFileTakeAFractionOfTheMemory) {
  Files files;
  write_files(files, 3);
  const Elevation ground = opened(files, std::size_t{1} << 30);
  const double nodes = double{1} * ground.rows() * ground.columns();
  EXPECT_GT(nodes, 1e5);
  EXPECT_LT(static_cast<double>(ground.tiles().bytes_held()), 0.4 * 4 * nodes);
}

TEST(Tiles, ThatCantBeReadAgainAreVoidAndCounted) {
  Files files;
  write_files(files, 11);
  const Elevation ground = opened(files, 0);
  while (GDALFlushCacheBlock() != 0) {
  }
  for (const ElevationFile& file : files.files) std::filesystem::resize_file(file.file, 400);
  EXPECT_TRUE(std::isnan(ground.node_m(ground.columns() / 2, ground.rows() / 2)));
  EXPECT_FALSE(ground.height_m(geo::radians(kLat_deg + 0.04), geo::radians(kLon_deg + 0.04)));
  const ReadTrouble trouble = ground.tiles().trouble();
  EXPECT_GE(trouble.times, 1);
  EXPECT_THAT(trouble.latest, HasSubstr(".tif: heights can't be read"));
}

TEST(Tiles, ThatCouldNotBeReadAreTriedAgainLater) {
  Tiles tiles(2 * Tile::kCells, Tile::kCells, 0);
  Tile::Nodes nodes;
  nodes.fill(7);
  for (const int column : {0, 1}) tiles.put(column, 0, nodes, Tile(nodes));
  bool fails = true;
  tiles.finish([&](int, int) -> base::Result<Tile> {
    if (fails) return base::Error{"disk", "broken"};
    return Tile(nodes);
  });
  std::shared_ptr<const Tile> keeps;
  EXPECT_TRUE(std::isnan(tiles.at(0, keeps).nodes_m[0]));
  fails = false;
  int asks = 0;
  while (std::isnan(tiles.at(0, keeps).nodes_m[0])) ASSERT_LT(++asks, 10'000);
  EXPECT_GT(asks, 1000);
  EXPECT_EQ(tiles.trouble().times, 1);
  EXPECT_EQ(tiles.trouble().latest, "disk: broken");
}

// A raster of 40 000 by 40 000 pixels, nearly all void; a hill on some of them.
TEST(Tiles, OfAHugeRasterTakeLittleMemory) {
  GDALAllRegister();
  const test::TemporaryFolder folder;
  const std::string file = folder.file("huge.tif");
  constexpr int kSide = 40'000, kHill = 500;
  {
    std::string tiled = "TILED=YES", sparse = "SPARSE_OK=TRUE";
    std::array<char*, 3> options = {tiled.data(), sparse.data(), nullptr};
    const GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        file.c_str(), kSide, kSide, 1, GDT_Int16, options.data()));
    dataset->SetProjection(SRS_WKT_WGS84_LAT_LONG);
    std::array<double, 6> pixels = {40, 1.0 / 3600, 0, 36, 0, -1.0 / 3600};
    dataset->SetGeoTransform(pixels.data());
    dataset->GetRasterBand(1)->SetNoDataValue(-1);
    std::vector<std::int16_t> hill(std::size_t{kHill} * kHill, 700);
    ASSERT_EQ(
        dataset->GetRasterBand(1)->RasterIO(GF_Write, 30'000, 20'000, kHill, kHill, hill.data(),
                                            kHill, kHill, GDT_Int16, 0, 0, nullptr),
        CE_None);
  }
  const auto ground = Elevation::open({ElevationFile{file}}, degrees(-80, 80, -170, 170), 500'000);
  ASSERT_TRUE(ground) << to_string(ground.error());
  EXPECT_EQ(ground->columns(), kSide);
  EXPECT_EQ(ground->rows(), kSide);
  EXPECT_EQ(ground->node_m(30'200, 20'300), 700);
  EXPECT_TRUE(std::isnan(ground->node_m(10'000, 10'000)));
  EXPECT_FALSE(ground->tiles().all_held());
  EXPECT_LE(ground->tiles().bytes_held(), 500'000);
  geo::Geodetic eye = ground->place({30'100, 20'100});
  eye.height_m = 730;
  const auto hit = ray_to_ground(*ground, eye, {0, -std::sqrt(1 - 0.0025), -0.05}, 5000);
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->range_m, 600, 5);
}

TEST(TileCache, GivesUpTheLeastRecentlyUsedAndNeverTheLast) {
  Tile::Nodes nodes{};
  const auto tile = std::make_shared<const Tile>(nodes);
  TileCache two(5, 2 * tile->bytes() + 200);
  EXPECT_EQ(two.get(0), nullptr);
  two.put(0, tile);
  two.put(1, tile);
  EXPECT_EQ(two.get(0), tile);
  two.put(2, tile);
  EXPECT_EQ(two.get(1), nullptr);
  EXPECT_EQ(two.get(0), tile);
  two.put(2, tile);  // again
  two.put(4, tile);
  EXPECT_EQ(two.get(0), nullptr);
  EXPECT_EQ(two.get(2), tile);
  EXPECT_EQ(two.given_up(), 2);
  EXPECT_LE(two.bytes(), 2 * tile->bytes() + 200);
  TileCache none(5, 0);
  none.put(3, tile);
  EXPECT_EQ(none.get(3), tile);
  none.put(1, tile);
  EXPECT_EQ(none.get(3), nullptr);
  EXPECT_EQ(none.get(1), tile);
}

}  // namespace
}  // namespace marsad::terrain
