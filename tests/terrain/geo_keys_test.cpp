// SPDX-License-Identifier: Apache-2.0
#include "terrain/geo_keys.h"

#include <gtest/gtest.h>

namespace marsad::terrain {
namespace {

// Of WGS 84's latitude and longitude, as GDAL writes it.
GeoKeys degrees() {
  return {{1,    1, 0,    7,  //
           1024, 0, 1,    2, 1025, 0,    1,    1,     2048, 0, 1,    4326,  2049, 34737,
           7,    0, 2054, 0, 1,    9102, 2057, 34736, 1,    1, 2059, 34736, 1,    0},
          {298.257223563, 6378137},
          "WGS 84|"};
}

// Of UTM's zone 36 on WGS 84.
GeoKeys metres() {
  return {{1,    1, 0, 5,  //
           1024, 0, 1, 1, 1025, 0, 1, 2, 1026, 34737, 22, 0, 3072, 0, 1, 32636, 3076, 0, 1, 9001},
          {},
          "WGS 84 / UTM zone 36N|"};
}

TEST(GeoKeys, TellDegreesFromMetresAndEdgesFromCentres) {
  const auto geographic = understood(degrees());
  ASSERT_TRUE(geographic.has_value());
  EXPECT_TRUE(geographic->is_geographic);
  EXPECT_FALSE(geographic->is_point);
  const auto projected = understood(metres());
  ASSERT_TRUE(projected.has_value());
  EXPECT_FALSE(projected->is_geographic);
  EXPECT_TRUE(projected->is_point);
  EXPECT_FALSE(understood(by_edges(metres()))->is_point);
}

TEST(GeoKeys, AreNotUnderstoodWhereTheyContradictOrAddAnything) {
  const auto with = [](GeoKeys keys, std::size_t at, std::uint16_t value) {
    keys.directory[at] = value;
    return understood(keys).has_value();
  };
  EXPECT_TRUE(with(degrees(), 7, 2));
  EXPECT_FALSE(with(degrees(), 0, 2));      // another version of the directory
  EXPECT_FALSE(with(degrees(), 3, 6));      // fewer keys than there are
  EXPECT_FALSE(with(degrees(), 3, 8));      // more
  EXPECT_FALSE(with(degrees(), 7, 3));      // geocentric
  EXPECT_FALSE(with(degrees(), 11, 3));     // neither edges nor centres
  EXPECT_FALSE(with(degrees(), 15, 4267));  // another datum
  EXPECT_FALSE(with(degrees(), 18, 8));     // a name longer than the words
  EXPECT_FALSE(with(degrees(), 20, 2053));  // a key that is not looked at
  EXPECT_FALSE(with(degrees(), 20, 2049));  // one twice
  EXPECT_FALSE(with(degrees(), 23, 9105));  // another unit
  EXPECT_FALSE(with(degrees(), 27, 2));     // a number that is not there
  EXPECT_FALSE(with(metres(), 19, 32661));  // no UTM zone
  EXPECT_FALSE(with(metres(), 23, 9002));   // feet
  GeoKeys other_ellipsoid = degrees();
  other_ellipsoid.numbers[1] = 6378388;
  EXPECT_FALSE(understood(other_ellipsoid).has_value());
  GeoKeys whole_system = metres();
  whole_system.words = "ESRI PE String = PROJC|";
  EXPECT_FALSE(understood(whole_system).has_value());
  EXPECT_FALSE(understood({}).has_value());
}

}  // namespace
}  // namespace marsad::terrain
