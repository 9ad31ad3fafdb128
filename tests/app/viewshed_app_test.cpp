// SPDX-License-Identifier: Apache-2.0
// `marsad viewshed` as somebody types it.
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "terrain/elevation.h"
#include "tests/app/program.h"
#include "tests/support/made_terrain.h"
#include "tests/support/temporary_folder.h"

namespace marsad::app {
namespace {

using testing::HasSubstr;

// Hills round a plain, and a void in the south-west.
std::string hills(const test::TemporaryFolder& folder) {
  const terrain::Elevation ground = test::made_terrain(5000, 100, [](double east, double north) {
    if (east < -4000 && north < -4000) return std::numeric_limits<double>::quiet_NaN();
    return 30 * std::sin(east / 400) * std::cos(north / 500);
  });
  const std::string file = folder.file("hills.tif");
  EXPECT_TRUE(ground.write_geotiff(file).has_value());
  return file;
}

terrain::Elevation layer_of(const std::string& file) {
  const double turn = 4;
  auto layer = terrain::Elevation::open(file, {-turn, turn, -turn, turn});
  EXPECT_TRUE(layer.has_value()) << base::to_string(layer.error());
  return *std::move(layer);
}

// How many cells say what.
struct Count {
  int seen = 0, hidden = 0, not_asked = 0;
};

Count count(const terrain::Elevation& mask) {
  Count sum;
  for (int row = 0; row < mask.rows(); ++row) {
    for (int column = 0; column < mask.columns(); ++column) {
      const float cell = mask.node_m(column, row);
      (std::isnan(cell) ? sum.not_asked : cell == 1 ? sum.seen : sum.hidden) += 1;
    }
  }
  return sum;
}

std::vector<std::string> from_the_middle(const std::string& dem, const std::string& out,
                                         const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{
      "viewshed",          "--dem", dem,       "--lat", "34",    "--lon", "41",
      "--observer-height", "10",    "--range", "3000",  "--out", out};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

TEST(Viewshed, WritesAMaskThatAgreesWithTheHeights) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder);
  const std::string mask_file = folder.file("mask.tif"), height_file = folder.file("heights.tif");
  const Outcome masked =
      marsad(from_the_middle(dem, mask_file, {"--mask", "--target-height", "2"}));
  ASSERT_EQ(masked.status, 0) << masked.errors;
  EXPECT_EQ(masked.errors, "");
  ASSERT_EQ(marsad(from_the_middle(dem, height_file)).status, 0);
  const terrain::Elevation mask = layer_of(mask_file), heights = layer_of(height_file);
  ASSERT_EQ(mask.columns(), heights.columns());
  ASSERT_EQ(mask.rows(), heights.rows());
  const Count counted = count(mask);
  EXPECT_GT(counted.seen, 100);
  EXPECT_GT(counted.hidden, 100);
  EXPECT_GT(counted.not_asked, 100);
  int differ = 0;
  for (int row = 0; row < mask.rows(); ++row) {
    for (int column = 0; column < mask.columns(); ++column) {
      const float least_m = heights.node_m(column, row), seen = mask.node_m(column, row);
      ASSERT_EQ(std::isnan(least_m), std::isnan(seen));
      if (std::isnan(seen)) continue;
      ASSERT_GE(least_m, 0);
      differ += (least_m <= 2) != (seen == 1) && std::abs(least_m - 2) > 0.5;
    }
  }
  EXPECT_EQ(differ, 0);
}

TEST(Viewshed, TakesThePlaceInTheRastersOwnCoordinates) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder);
  ASSERT_EQ(marsad(from_the_middle(dem, folder.file("a.tif"), {"--mask"})).status, 0);
  ASSERT_EQ(marsad({"viewshed", "--dem", dem, "--x", "41", "--y", "34", "--observer-height", "10",
                    "--range", "3000", "--mask", "--out", folder.file("b.tif")})
                .status,
            0);
  const auto bytes = [](const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(bytes(folder.file("a.tif")), bytes(folder.file("b.tif")));
}

TEST(Viewshed, KeepsToAzimuths) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder);
  const auto told = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"--mask"};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(marsad(from_the_middle(dem, folder.file("mask.tif"), words)).status, 0);
    const Count counted = count(layer_of(folder.file("mask.tif")));
    return counted.seen + counted.hidden;
  };
  EXPECT_NEAR(double{1} * told({"--azimuth", "315", "45"}) / told({}), 0.25, 0.02);
}

TEST(Viewshed, TakesEarthworksIntoAccount) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder), works = folder.file("works.geojson");
  // A wall close by in the north, as far as the eye's range in the east.
  std::ofstream(works) << R"({"type":"Feature","geometry":{"type":"LineString",
      "coordinates":[[40.999,34.001],[41.03,34.001]]},
      "properties":{"kind":"wall","height_m":40,"width_m":1}})";
  const std::string table = folder.file("observers.csv");
  std::ofstream(table) << "name,lat,lon,height\nA,34,41,10\n";
  const auto seen = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"--mask"};
    words.insert(words.end(), more.begin(), more.end());
    EXPECT_EQ(marsad(from_the_middle(dem, folder.file("mask.tif"), words)).status, 0);
    return layer_of(folder.file("mask.tif"));
  };
  const terrain::Elevation plain = seen({}), walled = seen({"--earthworks", works});
  int hidden = 0, shown = 0, south = 0;
  for (int row = 0; row < plain.rows(); ++row) {
    for (int column = 0; column < plain.columns(); ++column) {
      hidden += plain.node_m(column, row) == 1 && walled.node_m(column, row) == 0;
      shown += plain.node_m(column, row) == 0 && walled.node_m(column, row) == 1;
      south += row > plain.rows() / 2 && plain.node_m(column, row) != walled.node_m(column, row) &&
               !std::isnan(plain.node_m(column, row));
    }
  }
  EXPECT_GT(hidden, 50);
  EXPECT_EQ(shown, 0);
  EXPECT_EQ(south, 0);
  ASSERT_EQ(marsad({"viewshed", "--dem", dem, "--observers", table, "--range", "3000", "--mask",
                    "--out", folder.file("many.tif"), "--earthworks", works})
                .status,
            0);
  EXPECT_EQ(count(layer_of(folder.file("many.tif"))).seen, count(walled).seen);
  std::ofstream(works) << R"({"type":"LineString","coordinates":[[41,34],[41,35]]})";
  const Outcome refused =
      marsad(from_the_middle(dem, folder.file("mask.tif"), {"--earthworks", works}));
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.errors, HasSubstr("works.geojson: feature 1: kind: found ''"));
}

TEST(Viewshed, DrawsAPicture) {
  const test::TemporaryFolder folder;
  const std::string png = folder.file("seen.png");
  ASSERT_EQ(marsad(from_the_middle(hills(folder), folder.file("a.tif"), {"--png", png})).status, 0);
  std::ifstream in(png, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  ASSERT_GT(bytes.size(), 10'000U);
  EXPECT_EQ(bytes.substr(1, 3), "PNG");
}

TEST(Viewshed, OfManyIsWhatAnyOfThemSees) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder);
  folder.write("some.csv", "name,lat,lon,height\nA,34,41,10\nB,34.01,41.02,30\nC,33.99,40.99,5\n");
  const auto run = [&](const std::string& observers, const std::string& out, bool mask) {
    std::vector<std::string> words{
        "viewshed", "--dem", dem,     "--observers",   folder.file(observers),
        "--range",  "2000",  "--out", folder.file(out)};
    if (mask) words.emplace_back("--mask");
    const Outcome outcome = marsad(words);
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    return layer_of(folder.file(out));
  };
  for (const bool mask : {true, false}) {
    const terrain::Elevation all = run("some.csv", "all.tif", mask);
    int told = 0;
    for (const std::string line : {"A,34,41,10", "B,34.01,41.02,30", "C,33.99,40.99,5"}) {
      folder.write("one.csv", "name,lat,lon,height\n" + line + "\n");
      const terrain::Elevation one = run("one.csv", "one.tif", mask);
      for (int row = 0; row < one.rows(); ++row) {
        for (int column = 0; column < one.columns(); ++column) {
          const float own = one.node_m(column, row);
          if (std::isnan(own)) continue;
          const geo::Geodetic place = one.place({double(column), double(row)});
          const terrain::GridPoint at = all.grid_point(place.lat_rad, place.lon_rad);
          const float found = all.node_m(static_cast<int>(std::lround(at.column)),
                                         static_cast<int>(std::lround(at.row)));
          ++told;
          // What one sees, all see, and from as low.
          EXPECT_TRUE(mask ? found >= own : found <= own);
        }
      }
    }
    EXPECT_GT(told, 1000);
  }
}

TEST(Viewshed, SaysWhatIsWrongAndWritesNothing) {
  const test::TemporaryFolder folder;
  const std::string dem = hills(folder);
  const std::string out = folder.file("none.tif");
  const auto complaint = [&](const std::vector<std::string>& words) {
    std::vector<std::string> all{"viewshed", "--dem", dem, "--range", "1000", "--out", out};
    all.insert(all.end(), words.begin(), words.end());
    const Outcome outcome = marsad(all);
    EXPECT_NE(outcome.status, 0);
    EXPECT_FALSE(std::filesystem::exists(out));
    return outcome.errors;
  };
  EXPECT_THAT(complaint({"--lat", "50", "--lon", "41", "--observer-height", "5"}),
              HasSubstr("not on the map"));
  EXPECT_THAT(complaint({"--lat", "33.957", "--lon", "40.949", "--observer-height", "5"}),
              HasSubstr("void"));
  EXPECT_THAT(complaint({"--lat", "34", "--lon", "41"}), HasSubstr("--observer-height"));
  EXPECT_THAT(complaint({"--observer-height", "5"}), HasSubstr("--observers"));
  EXPECT_THAT(complaint({"--lat", "34", "--observer-height", "5"}), HasSubstr("--lon"));
  EXPECT_THAT(
      complaint({"--lat", "34", "--lon", "41", "--observer-height", "5", "--elevation", "3", "1"}),
      HasSubstr("--elevation"));
  EXPECT_THAT(complaint({"--lat", "34", "--lon", "41", "--observer-height", "-3"}),
              HasSubstr("--observer-height"));
  EXPECT_THAT(complaint({"--observers", folder.file("missing.csv")}), HasSubstr("can't be read"));
  folder.write("bad.csv", "name,lat,lon,height\nA,34,41,tall\n");
  EXPECT_THAT(complaint({"--observers", folder.file("bad.csv")}), HasSubstr("bad.csv:2"));
  folder.write("off.csv", "name,lat,lon,height\nA,34,41,5\nB,33.957,40.949,5\n");
  EXPECT_THAT(complaint({"--observers", folder.file("off.csv")}), HasSubstr("B: "));
}

}  // namespace
}  // namespace marsad::app
