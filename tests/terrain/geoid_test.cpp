// SPDX-License-Identifier: Apache-2.0
#include "terrain/geoid.h"

#include <gmock/gmock.h>

#include <fstream>

#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "tests/support/temporary_folder.h"

namespace marsad::terrain {
namespace {

using geo::radians;
using testing::HasSubstr;

const Geoid& egm96() {
  static const Geoid geoid = [] {
    auto opened = Geoid::egm96();
    if (!opened) throw std::runtime_error(to_string(opened.error()));
    return *std::move(opened);
  }();
  return geoid;
}

double undulation_m(double lat_deg, double lon_deg) {
  return egm96().undulation_m(radians(lat_deg), radians(lon_deg));
}

TEST(Geoid, LiesWhereTheModelsOwnTestValuesSay) {
  // The six places of the test that NIMA gave out with EGM96, from all harmonics.
  EXPECT_NEAR(undulation_m(38.628155, 269.779155), -31.628, 0.1);
  EXPECT_NEAR(undulation_m(-14.621217, 305.021114), -2.969, 0.1);
  EXPECT_NEAR(undulation_m(46.874319, 102.448729), -43.575, 0.1);
  EXPECT_NEAR(undulation_m(-23.617446, 133.874712), 15.871, 0.1);
  EXPECT_NEAR(undulation_m(38.625473, 359.9995), 50.066, 0.1);
  EXPECT_NEAR(undulation_m(-0.466744, 0.0023), 17.329, 0.1);
}

TEST(Geoid, AgreesWithProjToAMillimetreAndAtTheEdgesOfItsGrid) {
  // By `cct` of PROJ 9.1 with +proj=vgridshift +grids=egm96_15.gtx.
  EXPECT_NEAR(undulation_m(38.628155, -90.220845), -31.6090, 1e-3);
  EXPECT_NEAR(undulation_m(34, 41), 14.4388, 1e-3);
  EXPECT_NEAR(undulation_m(10, -180), 12.6841, 1e-3);
  EXPECT_NEAR(undulation_m(10, 180), 12.6841, 1e-3);
  EXPECT_NEAR(undulation_m(-45, 179.99), 3.2420, 1e-3);
  EXPECT_NEAR(undulation_m(90, 0), 13.6062, 1e-3);
  EXPECT_NEAR(undulation_m(-90, 12), -29.5338, 1e-3);
}

TEST(Geoid, TurnsHeightsThereAndBack) {
  const double lat_rad = radians(34), lon_rad = radians(41);
  EXPECT_NEAR(egm96().above_sea_level_m(lat_rad, lon_rad, 300), 285.561, 1e-3);
  EXPECT_NEAR(egm96().above_ellipsoid_m(lat_rad, lon_rad, 285.561), 300, 1e-3);
}

TEST(Geoid, RefusesWhatIsNoGridOfTheWholeEarth) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(to_string(Geoid::open(folder.file("none.gtx")).error()), HasSubstr("none.gtx"));
  std::ofstream(folder.file("text.gtx")) << "no grid";
  EXPECT_FALSE(Geoid::open(folder.file("text.gtx")));
  const std::string part = folder.file("part.tif");
  const Elevation small = Elevation::from_grid({0.5, 0.6, 0.7, 0.8}, 2, 2, {1, 2, 3, 4});
  ASSERT_TRUE(small.write_geotiff(part));
  EXPECT_THAT(to_string(Geoid::open(part).error()), HasSubstr("whole Earth"));
}

}  // namespace
}  // namespace marsad::terrain
