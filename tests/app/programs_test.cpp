// SPDX-License-Identifier: Apache-2.0
// That `marsad` is several programs is nothing people notice, but for its speed.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/app/program.h"
#include "tests/support/made_terrain.h"
#include "tests/support/temporary_folder.h"

namespace marsad::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// The libraries that the dynamic loader would load for the program.
std::string libraries_of(const std::string& program) {
  setenv("LD_TRACE_LOADED_OBJECTS", "1", 1);
  const std::string libraries = outcome_of(program, {}).output;
  unsetenv("LD_TRACE_LOADED_OBJECTS");
  return libraries;
}

TEST(Programs, MarsadItselfLoadsNoneOfTheLargeLibraries) {
  EXPECT_THAT(libraries_of(MARSAD_PROGRAM),
              AllOf(HasSubstr("libtiff"), Not(HasSubstr("libgdal")), Not(HasSubstr("libav")),
                    Not(HasSubstr("libopencv")), Not(HasSubstr("libsqlite"))));
  EXPECT_THAT(libraries_of(std::string(MARSAD_PROGRAM) + "-raster"),
              AllOf(HasSubstr("libgdal"), Not(HasSubstr("libopencv"))));
}

TEST(Programs, SayWhatIsMissingWhereOneStandsAlone) {
  const test::TemporaryFolder folder;
  std::filesystem::copy_file(MARSAD_PROGRAM, folder.file("marsad"));
  const Outcome outcome = outcome_of(folder.file("marsad"), {"check", "somewhere"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.errors, HasSubstr(folder.file("marsad-full") + ": can't be run"));
}

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

TEST(Programs, GiveTheSameViewshedWithAndWithoutGdal) {
  const test::TemporaryFolder folder;
  const std::string dem = folder.file("hills.tif");
  const terrain::Elevation ground = test::made_terrain(5000, 100, [](double east, double north) {
    return 30 * std::sin(east / 400) * std::cos(north / 500);
  });
  ASSERT_TRUE(ground.write_geotiff(dem).has_value());
  const auto run = [&](const std::string& program, const std::string& name) {
    const Outcome outcome =
        outcome_of(program, {"viewshed", "--dem", dem, "--lat", "34", "--lon", "41",
                             "--observer-height", "10", "--range", "3000", "--out",
                             folder.file(name + ".tif"), "--png", folder.file(name + ".png")});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_EQ(outcome.errors, "");
    return *terrain::Elevation::open(folder.file(name + ".tif"), ground.bounds());
  };
  const terrain::Elevation plain = run(MARSAD_PROGRAM, "plain");
  // What lies beside the file makes it one for GDAL.
  std::ofstream(dem + ".aux.xml") << "<PAMDataset></PAMDataset>\n";
  const terrain::Elevation by_gdal = run(MARSAD_PROGRAM, "gdal");
  ASSERT_EQ(plain.columns(), by_gdal.columns());
  ASSERT_EQ(plain.rows(), by_gdal.rows());
  for (int row = 0; row < plain.rows(); ++row) {
    for (int column = 0; column < plain.columns(); ++column) {
      const float a = plain.node_m(column, row), b = by_gdal.node_m(column, row);
      ASSERT_TRUE(a == b || (std::isnan(a) && std::isnan(b)));
    }
  }
  EXPECT_EQ(bytes_of(folder.file("plain.png")), bytes_of(folder.file("gdal.png")));
}

TEST(Programs, HaveOneHelp) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"viewshed", "--help"}, {"viewshed"}, {"viewshed", "--dem"}}) {
    const Outcome one = marsad(words);
    const Outcome other = outcome_of(std::string(MARSAD_PROGRAM) + "-full", words);
    EXPECT_EQ(one.status, other.status);
    EXPECT_EQ(one.output, other.output);
    EXPECT_EQ(one.errors, other.errors);
  }
}

}  // namespace
}  // namespace marsad::app
