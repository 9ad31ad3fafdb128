// SPDX-License-Identifier: Apache-2.0
#include <gdal_priv.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>

#include <cmath>
#include <memory>
#include <string>

#include "terrain/elevation.h"
#include "terrain/ray.h"
#include "tests/support/real_ground.h"

namespace marsad::terrain {
namespace {

constexpr double kObserver_m = 20;
constexpr double kTarget_m = 1.5;

// A reference viewshed: the elevation it was computed on, and an exact answer for every cell.
struct Reference {
  std::shared_ptr<const Elevation> ground;
  GDALDatasetUniquePtr answers;
  std::unique_ptr<OGRCoordinateTransformation> to_wgs84;

  // The place of a cell's centre, so high above the ground.
  std::optional<geo::Geodetic> cell(int column, int row, double above_m) const {
    double p[6];
    answers->GetGeoTransform(p);
    double x = p[0] + (column + 0.5) * p[1], y = p[3] + (row + 0.5) * p[5];
    if (!to_wgs84->Transform(1, &x, &y)) return std::nullopt;
    const auto height_m = ground->height_m(geo::radians(y), geo::radians(x));
    if (!height_m) return std::nullopt;
    return geo::Geodetic{geo::radians(y), geo::radians(x), *height_m + above_m};
  }
};

std::optional<Reference> reference(const std::string& name) {
  auto ground = test::real_ground("geo/viewshed_ref/" + name + "_dem.tif");
  const auto answers = test::real_data("geo/viewshed_ref/" + name + "_ref.tif");
  if (!ground || !answers) return std::nullopt;
  Reference reference;
  reference.ground = std::move(ground);
  GDALAllRegister();
  reference.answers.reset(GDALDataset::Open(answers->c_str(), GDAL_OF_RASTER));
  OGRSpatialReference wgs84;
  wgs84.SetWellKnownGeogCS("WGS84");
  wgs84.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  reference.to_wgs84.reset(
      OGRCreateCoordinateTransformation(reference.answers->GetSpatialRef(), &wgs84));
  return reference;
}

struct Agreement {
  int cells = 0;
  int agree = 0;
  double share() const { return double{1} * agree / cells; }
};

Agreement agreement(const Reference& reference, int band, double refraction) {
  const int columns = reference.answers->GetRasterXSize();
  const int rows = reference.answers->GetRasterYSize();
  const auto observer = reference.cell(columns / 2, rows / 2, kObserver_m);
  std::vector<unsigned char> answers(static_cast<std::size_t>(columns * rows));
  EXPECT_EQ(
      reference.answers->GetRasterBand(band)->RasterIO(GF_Read, 0, 0, columns, rows, answers.data(),
                                                       columns, rows, GDT_Byte, 0, 0, nullptr),
      CE_None);
  Agreement sum;
  for (int row = 0; row < rows; row += 3) {
    for (int column = 0; column < columns; column += 3) {
      const unsigned char answer = answers[static_cast<std::size_t>(row * columns + column)];
      const auto target = reference.cell(column, row, kTarget_m);
      if (answer == 255 || !target) continue;
      const bool visible = (answer & 1) != 0;
      ++sum.cells;
      sum.agree += line_of_sight(*reference.ground, *observer, *target, refraction) == visible;
    }
  }
  return sum;
}

class ReferenceViewshed : public testing::TestWithParam<std::string> {};

// The rest is the resampling of the projected grid onto latitude and longitude.
TEST_P(ReferenceViewshed, AgreesWithLineOfSight) {
  const auto known = reference(GetParam());
  if (!known) GTEST_SKIP();
  const Agreement round = agreement(*known, 1, kRefraction);
  EXPECT_GT(round.cells, 30'000);
  EXPECT_GT(round.share(), 0.98);
  RecordProperty("share", std::to_string(round.share()));
}

INSTANTIATE_TEST_SUITE_P(Real, ReferenceViewshed, testing::Values("golan30_10km", "jor90_hill"),
                         [](const auto& test_case) { return test_case.param; });

}  // namespace
}  // namespace marsad::terrain
