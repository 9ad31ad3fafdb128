// SPDX-License-Identifier: Apache-2.0
#include "terrain/elevation.h"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>

#include "terrain/geoid.h"
#include "tests/support/made_terrain.h"
#include "tests/support/temporary_folder.h"

namespace marsad::terrain {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

Bounds degrees(double south, double north, double west, double east) {
  return {geo::radians(south), geo::radians(north), geo::radians(west), geo::radians(east)};
}

std::optional<double> height_at(const Elevation& ground, double lat_deg, double lon_deg) {
  return ground.height_m(geo::radians(lat_deg), geo::radians(lon_deg));
}

std::string scratch(const std::string& name) {
  static const test::TemporaryFolder folder;
  return folder.file(name);
}

// 3 by 3 nodes a degree apart, void in the south-east corner.
Elevation three_by_three() {
  return Elevation::from_grid(degrees(30, 32, 40, 42), 3, 3,
                              {100, 200, 300, 110, 210, 310, 120, 220, kVoid});
}

TEST(Elevation, HasItsNodesEdgeToEdgeAndIsBilinearBetween) {
  const Elevation ground = three_by_three();
  EXPECT_DOUBLE_EQ(*height_at(ground, 32, 40), 100);
  EXPECT_DOUBLE_EQ(*height_at(ground, 32, 42), 300);
  EXPECT_DOUBLE_EQ(*height_at(ground, 30, 40), 120);
  EXPECT_NEAR(*height_at(ground, 31.5, 40.5), 155, 1e-9);
  EXPECT_NEAR(*height_at(ground, 31.25, 41.75), 282.5, 1e-9);
  EXPECT_DOUBLE_EQ(*ground.highest_m(), 310);
  EXPECT_DOUBLE_EQ(*ground.lowest_m(), 100);
  EXPECT_NEAR(ground.spacing_m(), geo::radians(1) * 6'378'137, 1);
}

TEST(Elevation, IsNoneInAVoidAndOutsideAndNeverZero) {
  const Elevation ground = three_by_three();
  EXPECT_FALSE(height_at(ground, 30.5, 41.5));
  EXPECT_TRUE(height_at(ground, 30.5, 40.5));
  EXPECT_FALSE(height_at(ground, 32.001, 41));
  EXPECT_FALSE(height_at(ground, 31, 39.999));
  EXPECT_NEAR(ground.void_share(), 1.0 / 9, 1e-12);
}

TEST(Elevation, OfNothingButVoidsHasNoHeights) {
  const Elevation ground =
      Elevation::from_grid(degrees(30, 32, 40, 42), 2, 2, {kVoid, kVoid, kVoid, kVoid});
  EXPECT_FALSE(ground.highest_m());
  EXPECT_EQ(ground.void_share(), 1);
  EXPECT_FALSE(height_at(ground, 31, 41));
}

TEST(Elevation, GridPointAndPlaceAreInverse) {
  const Elevation ground = three_by_three();
  const geo::Geodetic place = ground.place({0.25, 1.75});
  EXPECT_NEAR(geo::degrees(place.lat_rad), 30.25, 1e-12);
  EXPECT_NEAR(geo::degrees(place.lon_rad), 40.25, 1e-12);
  EXPECT_NEAR(ground.grid_point(place.lat_rad, place.lon_rad).row, 1.75, 1e-12);
}

TEST(Elevation, ComesBackExactlyFromAGeotiff) {
  const Elevation ground = test::made_terrain(4000, 90, [](double east, double north) {
    return std::abs(east) < 300 ? std::numeric_limits<double>::quiet_NaN()
                                : 100 * std::sin(east / 700) + 0.0123 * north;
  });
  const std::string file = scratch("round_trip.tif");
  ASSERT_TRUE(ground.write_geotiff(file).has_value());
  const auto back = Elevation::open(file, ground.bounds());
  ASSERT_TRUE(back.has_value()) << base::to_string(back.error());
  ASSERT_EQ(back->columns(), ground.columns());
  ASSERT_EQ(back->rows(), ground.rows());
  for (int row = 0; row < ground.rows(); ++row) {
    for (int column = 0; column < ground.columns(); ++column) {
      const float there = ground.node_m(column, row), here = back->node_m(column, row);
      ASSERT_TRUE(there == here || (std::isnan(there) && std::isnan(here)));
    }
  }
  EXPECT_NEAR(back->bounds().north_rad, ground.bounds().north_rad, 1e-13);
  EXPECT_NEAR(back->bounds().west_rad, ground.bounds().west_rad, 1e-13);
}

TEST(Elevation, OpensTheNodesAroundTheAskedBoundsAndNoMore) {
  const Elevation ground = test::made_terrain(4000, 100, [](double, double) { return 5; });
  const std::string file = scratch("window.tif");
  ASSERT_TRUE(ground.write_geotiff(file).has_value());
  const Bounds asked = grown(
      {test::kMiddle.lat_rad, test::kMiddle.lat_rad, test::kMiddle.lon_rad, test::kMiddle.lon_rad},
      450);
  const auto part = Elevation::open(file, asked);
  ASSERT_TRUE(part.has_value());
  EXPECT_LE(part->columns(), 12);
  EXPECT_LE(part->rows(), 12);
  EXPECT_TRUE(part->bounds().contains({asked.south_rad, asked.west_rad, 0}));
  EXPECT_TRUE(part->bounds().contains({asked.north_rad, asked.east_rad, 0}));
}

TEST(Elevation, SaysWhatTheRasterCoversWhereTheAskedIsElsewhere) {
  const std::string file = scratch("elsewhere.tif");
  ASSERT_TRUE(three_by_three().write_geotiff(file).has_value());
  const auto opened = Elevation::open(file, degrees(50, 51, 7, 8));
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().where, file);
  EXPECT_THAT(opened.error().message, AllOf(HasSubstr("30.0000..32.0000 N 40.0000..42.0000 E"),
                                            HasSubstr("50.0000..51.0000 N 7.0000..8.0000 E")));
}

TEST(Elevation, SaysWhyAFileCantBeOpened) {
  const Bounds anywhere = degrees(30, 32, 40, 42);
  const auto missing = Elevation::open(scratch("not_there.tif"), anywhere);
  ASSERT_FALSE(missing.has_value());
  EXPECT_THAT(base::to_string(missing.error()),
              AllOf(HasSubstr("not_there.tif: can't be read"), HasSubstr("No such file")));

  const std::string text = scratch("text.tif");
  std::ofstream(text) << "these are not heights\n";
  EXPECT_THAT(base::to_string(Elevation::open(text, anywhere).error()),
              HasSubstr("not recognized as a supported file format"));

  const std::string nothing = scratch("empty.tif");
  std::ofstream{nothing};
  EXPECT_FALSE(Elevation::open(nothing, anywhere).has_value());
  EXPECT_FALSE(Elevation::open(testing::TempDir(), anywhere).has_value());
}

TEST(Elevation, RefusesARasterWithoutACoordinateSystem) {
  const std::string file = scratch("no_system.asc");
  std::ofstream(file) << "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2\n3 4\n";
  EXPECT_THAT(base::to_string(Elevation::open(file, degrees(0, 2, 0, 2)).error()),
              HasSubstr("no coordinate system"));
}

TEST(Elevation, RefusesATruncatedRaster) {
  const Elevation ground = test::made_terrain(
      4000, 20, [](double east, double north) { return std::fmod(east * north, 97); });
  const std::string file = scratch("truncated.tif");
  ASSERT_TRUE(ground.write_geotiff(file).has_value());
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const auto opened = Elevation::open(file, ground.bounds());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().where, file);
}

TEST(Elevation, CantBeWrittenWhereThereIsNoFolder) {
  const auto written = three_by_three().write_geotiff(scratch("no/such/folder/heights.tif"));
  ASSERT_FALSE(written.has_value());
  EXPECT_THAT(base::to_string(written.error()), HasSubstr("can't be created"));
}

TEST(ElevationOfSeveralFiles, HoldsTheFirstsNodesAndBeyondThemAndInItsVoidsTheNexts) {
  const std::string fine = scratch("fine.tif"), coarse = scratch("coarse.tif");
  // A void of one node in the middle of 5 by 5 nodes a tenth of a degree apart.
  std::vector<float> heights_m(25, 500);
  heights_m[12] = kVoid;
  ASSERT_TRUE(
      Elevation::from_grid(degrees(31.3, 31.7, 40.3, 40.7), 5, 5, heights_m).write_geotiff(fine));
  ASSERT_TRUE(three_by_three().write_geotiff(coarse));
  const auto both = Elevation::open({fine, coarse}, degrees(29, 33, 39, 43));
  ASSERT_TRUE(both) << to_string(both.error());
  EXPECT_EQ(both->columns(), 21);
  EXPECT_EQ(both->rows(), 21);
  EXPECT_NEAR(*height_at(*both, 31.6, 40.4), 500, 1e-3);
  EXPECT_NEAR(*height_at(*both, 31.5, 40.5), 155, 1e-3);  // in the void
  EXPECT_NEAR(*height_at(*both, 32, 40), 100, 1e-3);
  EXPECT_NEAR(*height_at(*both, 31.2, 40.5), 158, 1e-3);
  EXPECT_FALSE(height_at(*both, 30.1, 41.9));  // void in both
  // The other way round, the first covers the fine one, and its void is nowhere filled.
  const auto other = Elevation::open({coarse, fine}, degrees(29, 33, 39, 43));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->columns(), 3);
  EXPECT_FALSE(height_at(*other, 30, 42));
}

TEST(ElevationOfSeveralFiles, SaysWhichOfThemIsWrongAndWhenTheyAreTooMany) {
  const std::string coarse = scratch("coarse2.tif"), tiny = scratch("tiny.tif");
  ASSERT_TRUE(three_by_three().write_geotiff(coarse));
  const auto missing = Elevation::open({coarse, scratch("none.tif")}, degrees(29, 33, 39, 43));
  ASSERT_FALSE(missing);
  EXPECT_THAT(to_string(missing.error()), HasSubstr("none.tif"));
  ASSERT_TRUE(Elevation::from_grid(degrees(31, 31.00001, 41, 41.00001), 2, 2, {1, 2, 3, 4})
                  .write_geotiff(tiny));
  const auto too_many = Elevation::open({tiny, coarse}, degrees(29, 33, 39, 43));
  ASSERT_FALSE(too_many);
  EXPECT_THAT(to_string(too_many.error()),
              AllOf(HasSubstr("tiny.tif"), HasSubstr("million nodes")));
}

// The same raster as if another coordinate system had been told, by the library's name for it.
std::string told_as(const std::string& file, const std::string& name, const char* system) {
  const GDALDatasetUniquePtr from(GDALDataset::Open(file.c_str()));
  const std::string copy = scratch(name);
  GDALDatasetUniquePtr to(GetGDALDriverManager()->GetDriverByName("GTiff")->CreateCopy(
      copy.c_str(), from.get(), 0, nullptr, nullptr, nullptr));
  OGRSpatialReference reference;
  EXPECT_EQ(reference.SetFromUserInput(system), OGRERR_NONE);
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  EXPECT_EQ(to->SetSpatialRef(&reference), CE_None);
  return copy;
}

TEST(ElevationAboveTheEllipsoid, IsBroughtToSeaLevelWhereTheFileOrTheCallerSaysSo) {
  const std::string file = scratch("heights.tif");
  ASSERT_TRUE(Elevation::from_grid(degrees(30, 32, 40, 42), 3, 3, std::vector<float>(9, 100))
                  .write_geotiff(file));
  const auto geoid = Geoid::egm96();
  ASSERT_TRUE(geoid) << to_string(geoid.error());
  const Bounds anywhere = degrees(29, 33, 39, 43);
  const auto height_m = [&](const std::string& name, HeightsAbove above) {
    const auto opened = Elevation::open({ElevationFile{name, above}}, anywhere);
    EXPECT_TRUE(opened);
    return opened ? opened->height_m(geo::radians(31), geo::radians(41)).value_or(-1) : -1;
  };
  const double lowered_m = 100 - geoid->undulation_m(geo::radians(31), geo::radians(41));
  EXPECT_GT(std::abs(lowered_m - 100), 5);
  EXPECT_EQ(height_m(file, HeightsAbove::told_by_file), 100);
  EXPECT_NEAR(height_m(file, HeightsAbove::ellipsoid), lowered_m, 1e-4);
  const std::string three_axes = told_as(file, "three_axes.tif", "EPSG:4979");
  EXPECT_NEAR(height_m(three_axes, HeightsAbove::told_by_file), lowered_m, 1e-4);
  EXPECT_EQ(height_m(three_axes, HeightsAbove::sea_level), 100);
  const std::string on_geoid = told_as(file, "on_geoid.tif", "EPSG:4326+5773");
  EXPECT_EQ(height_m(on_geoid, HeightsAbove::told_by_file), 100);
}

}  // namespace
}  // namespace marsad::terrain
