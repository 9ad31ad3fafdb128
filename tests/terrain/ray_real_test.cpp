// SPDX-License-Identifier: Apache-2.0
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <memory>
#include <random>

#include "geo/local_frame.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "tests/support/real_ground.h"

namespace marsad::terrain {
namespace {

using test::kGolan;
using test::kJordan;
using test::real_data;
using test::real_ground;

// A place somewhere in the middle half of a grid, so high above the ground; none over a void.
std::optional<geo::Geodetic> somewhere(const Elevation& ground, double above_m,
                                       std::mt19937_64& random) {
  std::uniform_real_distribution<double> middle(0.25, 0.75);
  const Bounds b = ground.bounds();
  const double lat_rad = b.south_rad + middle(random) * (b.north_rad - b.south_rad);
  const double lon_rad = b.west_rad + middle(random) * (b.east_rad - b.west_rad);
  const auto height_m = ground.height_m(lat_rad, lon_rad);
  if (!height_m) return std::nullopt;
  return geo::Geodetic{lat_rad, lon_rad, *height_m + above_m};
}

TEST(RealElevation, KeepsTheNodesOfAGeographicRaster) {
  const auto file = real_data(kJordan);
  if (!file) GTEST_SKIP();
  const auto ground = real_ground(kJordan);
  ASSERT_NE(ground, nullptr);
  GDALAllRegister();
  const GDALDatasetUniquePtr raster(GDALDataset::Open(file->c_str(), GDAL_OF_RASTER));
  ASSERT_EQ(ground->columns(), raster->GetRasterXSize());
  ASSERT_EQ(ground->rows(), raster->GetRasterYSize());
  double p[6];
  raster->GetGeoTransform(p);
  std::mt19937_64 random(1);
  for (int i = 0; i < 500; ++i) {
    const int column = static_cast<int>(random() % static_cast<unsigned>(ground->columns()));
    const int row = static_cast<int>(random() % static_cast<unsigned>(ground->rows()));
    float pixel = 0;
    ASSERT_EQ(raster->GetRasterBand(1)->RasterIO(GF_Read, column, row, 1, 1, &pixel, 1, 1,
                                                 GDT_Float32, 0, 0, nullptr),
              CE_None);
    const geo::Geodetic place = ground->place({double(column), double(row)});
    EXPECT_NEAR(geo::degrees(place.lon_rad), p[0] + (column + 0.5) * p[1], 1e-9);
    EXPECT_NEAR(geo::degrees(place.lat_rad), p[3] + (row + 0.5) * p[5], 1e-9);
    EXPECT_EQ(ground->node_m(column, row), pixel);
  }
}

TEST(RealElevation, OfAProjectedRasterAgreesWithTheRasterItself) {
  const auto file = real_data(kGolan);
  if (!file) GTEST_SKIP();
  const auto ground = real_ground(kGolan);
  EXPECT_NEAR(ground->spacing_m(), 30, 4);
  GDALAllRegister();
  const GDALDatasetUniquePtr raster(GDALDataset::Open(file->c_str(), GDAL_OF_RASTER));
  double p[6], back[6];
  raster->GetGeoTransform(p);
  ASSERT_TRUE(GDALInvGeoTransform(p, back));
  OGRSpatialReference wgs84;
  wgs84.SetWellKnownGeogCS("WGS84");
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const std::unique_ptr<OGRCoordinateTransformation> to_native(
      OGRCreateCoordinateTransformation(&wgs84, raster->GetSpatialRef()));
  std::mt19937_64 random(2);
  double squares = 0, worst = 0;
  int count = 0;
  for (int i = 0; i < 2000; ++i) {
    const auto place = somewhere(*ground, 0, random);
    if (!place) continue;
    double x = geo::degrees(place->lon_rad), y = geo::degrees(place->lat_rad);
    ASSERT_TRUE(to_native->Transform(1, &x, &y));
    const double column = back[0] + back[1] * x + back[2] * y;
    const double row = back[3] + back[4] * x + back[5] * y;
    // The four pixel centres around, weighed by hand.
    const int left = static_cast<int>(std::floor(column - 0.5));
    const int top = static_cast<int>(std::floor(row - 0.5));
    float q[4];
    ASSERT_EQ(raster->GetRasterBand(1)->RasterIO(GF_Read, left, top, 2, 2, q, 2, 2, GDT_Float32, 0,
                                                 0, nullptr),
              CE_None);
    const double u = column - 0.5 - left, v = row - 0.5 - top;
    const double height = (1 - v) * ((1 - u) * q[0] + u * q[1]) + v * ((1 - u) * q[2] + u * q[3]);
    const double difference = place->height_m - height;
    squares += difference * difference;
    worst = std::max(worst, std::abs(difference));
    ++count;
  }
  EXPECT_GT(count, 1500);
  EXPECT_LT(std::sqrt(squares / count), 1.0);
  EXPECT_LT(worst, 12);
  RecordProperty("rms_m", std::to_string(std::sqrt(squares / count)));
  RecordProperty("worst_m", std::to_string(worst));
}

TEST(RealElevation, CoversTheWholeReferenceBorderWithoutVoids) {
  const auto ground = real_ground("geo/iqsy_dted0_30s.tif");
  if (!ground) GTEST_SKIP();
  EXPECT_EQ(ground->void_share(), 0);
  EXPECT_GT(*ground->highest_m(), 1300);
  EXPECT_TRUE(ground->bounds().contains({geo::radians(34.4), geo::radians(41), 0}));
}

// The first time the ray is below the ground by steps of a metre along the exact ray.
std::optional<geo::Geodetic> stepped(const Elevation& ground, geo::Geodetic origin,
                                     geo::Enu direction, double max_range_m) {
  const geo::LocalFrame frame(origin);
  const double level = std::hypot(direction.east, direction.north);
  for (double s = 0; s * level < max_range_m; s += 1) {
    geo::Geodetic place = frame.to_geodetic(s * direction);
    place.height_m -= kRefraction * s * s * level * level / (2 * kEarthRadius_m);
    const auto height_m = ground.height_m(place.lat_rad, place.lon_rad);
    if (height_m && place.height_m < *height_m) return place;
  }
  return std::nullopt;
}

TEST(RealRay, MeetsTheGroundWhereAPatientWalkAlongItDoes) {
  const auto ground = real_ground(kJordan);
  if (!ground) GTEST_SKIP();
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> azimuth(0, 2 * M_PI), elevation(-0.12, 0.02);
  int hits = 0;
  for (int i = 0; i < 150; ++i) {
    const auto origin = somewhere(*ground, 25, random);
    if (!origin) continue;
    const double a = azimuth(random), e = elevation(random);
    const geo::Enu direction{std::sin(a) * std::cos(e), std::cos(a) * std::cos(e), std::sin(e)};
    const auto expected = stepped(*ground, *origin, direction, 8000);
    const auto hit = ray_to_ground(*ground, *origin, direction, 8000);
    ASSERT_EQ(hit.has_value(), expected.has_value()) << i;
    if (!hit) continue;
    ++hits;
    const double apart = geo::norm(geo::LocalFrame(*expected).to_enu(hit->place));
    EXPECT_LT(apart, 1.2) << i;
    EXPECT_NEAR(hit->place.height_m, *ground->height_m(hit->place.lat_rad, hit->place.lon_rad),
                2e-3);
    EXPECT_GT(hit->grazing_rad, 0);
  }
  EXPECT_GT(hits, 50);
}

TEST(RealLineOfSight, SeesAPlaceExactlyWhenTheRayTowardsItArrives) {
  const auto ground = real_ground(kGolan);
  if (!ground) GTEST_SKIP();
  std::mt19937_64 random(4);
  int visible = 0, hidden = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto from = somewhere(*ground, 20, random), to = somewhere(*ground, 1.7, random);
    if (!from || !to) continue;
    const auto hit = ray_to_ground(*ground, *from, direction_to(*from, *to), 60'000);
    const double range_m = geo::norm(geo::LocalFrame(*from).to_enu(*to));
    const double hit_m = hit ? geo::norm(geo::LocalFrame(*from).to_enu(hit->place)) : range_m + 1;
    const bool sees = line_of_sight(*ground, *from, *to);
    // Where the ground is passed by a centimetre, rounding may decide.
    geo::Geodetic higher = *to, lower = *to;
    higher.height_m += 0.1, lower.height_m -= 0.1;
    if (line_of_sight(*ground, *from, higher) != line_of_sight(*ground, *from, lower)) continue;
    EXPECT_EQ(sees, hit_m > range_m) << i;
    EXPECT_EQ(sees, line_of_sight(*ground, *to, *from)) << i;
    (sees ? visible : hidden) += 1;
  }
  EXPECT_GT(visible, 100);
  EXPECT_GT(hidden, 100);
}

}  // namespace
}  // namespace marsad::terrain
